using Koinon.Evm;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Execution;

/// <summary>Gathers the accounts and slots that a run touches: what an access list may announce (EIP-2930).</summary>
/// <remarks>A run's tracer is used for one run.</remarks>
internal readonly struct AccessTracer : ITracer
{
    private readonly IReadOnlySet<Address> _excluded;
    private readonly Dictionary<Address, HashSet<UInt256>> _accounts = [];
    private readonly List<Address> _order = [];

    /// <summary>A tracer for one run.</summary>
    /// <param name="excluded">Accounts that are warm anyway: they are listed for their slots alone.</param>
    public AccessTracer(IReadOnlySet<Address> excluded) => _excluded = excluded;

    /// <inheritdoc/>
    public static bool TracesSteps => true;

    /// <inheritdoc/>
    public static bool TracesFrames => false;

    /// <summary>What was touched, in the order in which it was.</summary>
    public IReadOnlyList<AccessListEntry> List()
    {
        List<AccessListEntry> list = new(_order.Count);
        foreach (Address address in _order)
        {
            list.Add(new AccessListEntry(address, [.. _accounts[address].Order()]));
        }

        return list;
    }

    /// <inheritdoc/>
    public void OnStep(in Step step)
    {
        switch (step.Opcode)
        {
            case Opcode.SLoad or Opcode.SStore when step.Stack.Length >= 1:
                Touch(step.Contract).Add(step.Stack[^1]);
                break;
            case Opcode.ExtCodeCopy or Opcode.ExtCodeHash or Opcode.ExtCodeSize or Opcode.Balance
                or Opcode.SelfDestruct when step.Stack.Length >= 1:
                TouchUnlessWarm(Address.FromWord(step.Stack[^1]));
                break;
            case Opcode.Call or Opcode.CallCode or Opcode.DelegateCall or Opcode.StaticCall
                when step.Stack.Length >= 5:
                TouchUnlessWarm(Address.FromWord(step.Stack[^2]));
                break;
            default:
                break;
        }
    }

    /// <inheritdoc/>
    public void OnStepEnd(long gasLeft, HaltReason halt)
    {
    }

    /// <inheritdoc/>
    public void OnFrameStart(in FrameStart start)
    {
    }

    /// <inheritdoc/>
    public void OnFrameEnd(in FrameEnd end)
    {
    }

    /// <inheritdoc/>
    public void OnLog(in Address address, ReadOnlySpan<Hash256> topics, ReadOnlySpan<byte> data)
    {
    }

    /// <inheritdoc/>
    public void OnSelfDestruct(in Address contract, in Address beneficiary, in UInt256 balance)
    {
    }

    /// <summary>Notes what a caller announced itself.</summary>
    internal void Add(IReadOnlyList<AccessListEntry> entries)
    {
        foreach (AccessListEntry entry in entries)
        {
            if (entry.Slots.Count > 0 || !_excluded.Contains(entry.Address))
            {
                Touch(entry.Address).UnionWith(entry.Slots);
            }
        }
    }

    private void TouchUnlessWarm(in Address address)
    {
        if (!_excluded.Contains(address))
        {
            Touch(address);
        }
    }

    private HashSet<UInt256> Touch(in Address address)
    {
        if (!_accounts.TryGetValue(address, out HashSet<UInt256>? slots))
        {
            slots = [];
            _accounts.Add(address, slots);
            _order.Add(address);
        }

        return slots;
    }
}
