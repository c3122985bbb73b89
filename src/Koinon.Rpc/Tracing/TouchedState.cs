using Koinon.Evm;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Tracing;

/// <summary>Gathers the accounts and slots that a run touches: those that its result depends on.</summary>
/// <remarks>
/// Sender, recipient, beneficiary, the authorities of EIP-7702 and what delegations point at; then the operands of the
/// instructions that name accounts, what is created, and the slots that are read or written (geth's rules).
/// </remarks>
internal sealed class TouchedState
{
    private static readonly HashSet<UInt256> NoSlots = [];

    private readonly Dictionary<Address, HashSet<UInt256>> _slots = [];
    private readonly List<Address> _pending = [];
    private UInt256? _pendingSlot;
    private Address _pendingContract;

    /// <summary>The accounts, in the order in which they were touched.</summary>
    public List<Address> Accounts { get; } = [];

    /// <summary>How many slots were touched.</summary>
    public int SlotCount { get; private set; }

    /// <summary>The slots of an account.</summary>
    public IReadOnlySet<UInt256> SlotsOf(in Address account) => _slots.GetValueOrDefault(account, NoSlots);

    /// <summary>What a transaction touches before its first instruction.</summary>
    public void Begin(TraceTarget target)
    {
        Touch(target.Sender);
        Touch(target.Recipient);
        if (target.Transaction.To is { } to && StateCode.DelegateOf(target, to) is { } delegated)
        {
            Touch(delegated);
        }

        Touch(target.Environment.Beneficiary);
        foreach (Authorization authorization in target.Transaction.AuthorizationList)
        {
            if (authorization.TryRecoverAuthority(out Address authority))
            {
                Touch(authority);
            }
        }
    }

    /// <summary>An instruction begins; what it touches counts once it was not refused.</summary>
    public void OnStep(in Step step)
    {
        _pending.Clear();
        _pendingSlot = null;
        ReadOnlySpan<UInt256> stack = step.Stack;
        switch (step.Opcode)
        {
            case Opcode.SLoad or Opcode.SStore when stack.Length >= 1:
                _pendingSlot = stack[^1];
                _pendingContract = step.Contract;
                break;
            case Opcode.ExtCodeCopy or Opcode.ExtCodeHash or Opcode.ExtCodeSize or Opcode.Balance
                or Opcode.SelfDestruct when stack.Length >= 1:
                _pending.Add(Address.FromWord(stack[^1]));
                break;
            case Opcode.Call or Opcode.CallCode or Opcode.DelegateCall or Opcode.StaticCall when stack.Length >= 5:
                AddCallee(step, Address.FromWord(stack[^2]));
                break;
            case Opcode.Create:
                _pending.Add(ContractAddress.Of(step.Contract, step.ReadNonce()));
                break;
            case Opcode.Create2 when stack.Length >= 4:
                if (MemoryRange.TryRead(step, stack[^2], stack[^3], out byte[]? initCode))
                {
                    _pending.Add(ContractAddress.Of(step.Contract, stack[^4], initCode));
                }

                break;
            default:
                break;
        }
    }

    /// <summary>The instruction has run, or was refused.</summary>
    public void OnStepEnd(HaltReason halt)
    {
        if (StepCost.IsRefused(halt))
        {
            return;
        }

        _pending.ForEach(Touch);
        if (_pendingSlot is { } slot)
        {
            Touch(_pendingContract);
            SlotCount += _slots[_pendingContract].Add(slot) ? 1 : 0;
        }
    }

    private void AddCallee(in Step step, in Address callee)
    {
        _pending.Add(callee);
        if (step.ReadDelegate(callee) is { } delegated)
        {
            _pending.Add(delegated);
        }
    }

    private void Touch(Address account)
    {
        if (_slots.TryAdd(account, []))
        {
            Accounts.Add(account);
        }
    }
}
