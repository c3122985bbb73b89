using Koinon.Evm.Decoding;
using Koinon.Evm.Forks;
using Koinon.Evm.Instructions;
using Koinon.Evm.Journal;
using Koinon.Evm.Precompiles;
using Koinon.Evm.Tracing;
using Koinon.Primitives;

namespace Koinon.Evm.Frames;

// The CALL family.
internal sealed unsafe partial class Machine
{
    /// <summary>Carries out CALL, CALLCODE, DELEGATECALL or STATICCALL of the running frame.</summary>
    /// <remarks>The frame's stack pointer, instruction pointer and gas were stored into it before; afterwards they are
    /// read from the frame that runs then.</remarks>
    internal CallResult Call(FrameKind kind)
    {
        Frame frame = Frame;
        UInt256* sp = frame.Sp;
        bool hasValue = kind is FrameKind.Call or FrameKind.CallCode;
        UInt256 value = hasValue ? sp[-2] : UInt256.Zero;
        UInt256* ranges = hasValue ? sp - 3 : sp - 2;
        frame.Sp = ranges - 4;
        long gas = frame.Gas;
        GasAfterCall = gas;
        if (kind == FrameKind.Call && frame.IsStatic && !value.IsZero)
        {
            Halt = HaltReason.StaticViolation;
            return CallResult.Halted;
        }

        gas = ExpandMemory(gas, ranges[0], ranges[-1]);
        gas = gas < 0 ? gas : ExpandMemory(gas, ranges[-2], ranges[-3]);
        GasAfterCall = gas;
        if (gas < 0)
        {
            return CallResult.Halted;
        }

        int target = State.Intern(Address.FromWord(sp[-1]));
        gas = ChargeTarget(gas, kind, target, value, out int codeAccount);
        long forwarded = 0;
        gas = gas < 0 ? gas : Forward(gas, sp[0], out forwarded);
        GasAfterCall = gas;
        if (gas < 0)
        {
            return CallResult.Halted;
        }

        if (State.IsUnavailable)
        {
            Halt = HaltReason.StateUnavailable;
            return CallResult.Halted;
        }

        frame.Gas = gas;
        frame.MemorySize = MemorySize;
        long stipend = value.IsZero ? 0 : Fork.Gas.CallStipend;
        var message = new CallMessage
        {
            Kind = kind,
            Target = target,
            CodeAccount = codeAccount,
            Gas = forwarded + stipend,
            Value = value,
            InputStart = ranges[-1].IsZero ? frame.MemoryStart : frame.MemoryStart + (nuint)ranges[0].U0,
            InputLength = (int)ranges[-1].U0,
            OutputStart = ranges[-3].IsZero ? 0 : (nuint)ranges[-2].U0,
            OutputLength = (int)ranges[-3].U0,
        };
        return Enter(message);

        long Forward(long left, in UInt256 asked, out long given)
        {
            if (Fork.CallGas == CallGasRule.AllButOne64th)
            {
                long most = left - (left / 64);
                given = asked.IsUInt64 && asked.U0 < (ulong)most ? (long)asked.U0 : most;
                return left - given;
            }

            given = 0;
            if (!asked.IsUInt64 || asked.U0 > (ulong)left)
            {
                return Fail(HaltReason.OutOfGas);
            }

            given = (long)asked.U0;
            return left - given;
        }
    }

    /// <summary>Ends the running frame and goes back to its caller.</summary>
    /// <param name="gas">The gas left in the frame.</param>
    /// <returns>Whether there is a caller, which runs then.</returns>
    internal bool Leave(long gas)
    {
        Frame frame = Frame;
        gas += GasReserve;
        GasReserve = 0;
        if (Halt == HaltReason.None && frame.IsCreation)
        {
            gas = DepositCode(frame, gas);
        }

        if (Halt != HaltReason.None)
        {
            State.RevertTo(frame.Mark);
            if (Halt != HaltReason.Reverted)
            {
                gas = 0;
                ReturnLength = 0;
            }
        }

        if (frame.IsCreation)
        {
            State.ReturnCode(frame.Code);
        }

        frame.Gas = gas;
        if (Depth == 0)
        {
            return false;
        }

        Frame caller = CallerFrame();
        Depth--;
        Resume(caller);
        caller.Gas += gas;
        bool succeeded = Halt == HaltReason.None;
        *++caller.Sp = !succeeded ? UInt256.Zero : frame.IsCreation ? frame.Self.ToWord() : UInt256.One;
        if (!frame.IsCreation)
        {
            CopyOutput(frame.OutputStart, frame.OutputLength);
        }

        return true;
    }

    // Makes a frame the running one: its memory is the machine's.
    private void Resume(Frame frame)
    {
        Frame = frame;
        Memory = _memory.Base + frame.MemoryStart;
        MemorySize = frame.MemorySize;
    }

    private void CopyOutput(nuint start, int length)
    {
        int count = Math.Min(length, ReturnLength);
        if (count > 0)
        {
            // In bounds: the caller paid for the range before the call.
            ReturnData[..count].CopyTo(new Span<byte>(Memory + start, length));
        }
    }

    // Cold access, a delegation's target, value, and bringing an account into being.
    private long ChargeTarget(long gas, FrameKind kind, int target, in UInt256 value, out int codeAccount)
    {
        GasSchedule prices = Fork.Gas;
        codeAccount = target;
        long cost = 0;
        if (Fork.HasColdAccess && State.Warm(target))
        {
            cost += prices.ColdAccountSurcharge;
        }

        if (Fork.HasDelegations && TryGetDelegate(target, out Address delegated))
        {
            codeAccount = State.Intern(delegated);
            cost += prices.WarmAccess + (State.Warm(codeAccount) ? prices.ColdAccountSurcharge : 0);
        }

        if (!value.IsZero)
        {
            cost += prices.CallValue;
        }

        if (kind == FrameKind.Call && BringsIntoBeing(target, value))
        {
            cost += prices.CallNewAccount;
        }

        return Charge(gas, cost);
    }

    // Whether sending a value makes an account that was not there before.
    private bool BringsIntoBeing(int target, in UInt256 value)
    {
        ref AccountRecord account = ref State[target];
        return Fork.EmptyAccounts == EmptyAccountRule.Removed
            ? !value.IsZero && (!account.Exists || account.IsEmpty)
            : !account.Exists;
    }

    /// <summary>The account that an account's code points at (EIP-7702).</summary>
    internal bool TryGetDelegate(int account, out Address delegated)
    {
        delegated = default;
        if (!State[account].HasCode)
        {
            return false;
        }

        ReadOnlySpan<byte> code = State.CodeOf(account).Span;
        bool isDelegation = Delegation.Is(code);
        if (isDelegation)
        {
            delegated = Delegation.TargetOf(code);
        }

        return isDelegation;
    }

    // Makes the call where it can be made; the gas it was given is taken from the caller already.
    private CallResult Enter(in CallMessage message)
    {
        Frame caller = Frame;
        bool movesValue = message.Kind == FrameKind.Call && !message.Value.IsZero;
        bool isPrecompile = Fork.Precompiles.TryGet(State[message.Target].Address, out Precompile? precompile);
        ReturnLength = 0;
        if (TracesFrames)
        {
            DescribeCall(message);
        }

        if (Depth >= DepthMax)
        {
            return Complete(message, HaltReason.CallDepth, message.Gas);
        }

        bool needsBalance = message.Kind is FrameKind.Call or FrameKind.CallCode;
        if (needsBalance && State[caller.Account].Balance < message.Value)
        {
            return Complete(message, HaltReason.InsufficientBalance, message.Gas);
        }

        Checkpoint mark = State.Mark();
        if (movesValue)
        {
            State.SubtractBalance(caller.Account, message.Value);
            State.AddBalance(message.Target, message.Value);
        }
        else if (message.Kind is FrameKind.Call or FrameKind.StaticCall)
        {
            State.Touch(message.Target);
        }

        if (isPrecompile)
        {
            return RunPrecompile(precompile!, message, mark);
        }

        DecodedCode code = State[message.CodeAccount].HasCode && !IsPrecompiled(message)
            ? State.CodeOf(message.CodeAccount)
            : CodeCache.Empty;
        if (State.IsUnavailable)
        {
            Halt = HaltReason.StateUnavailable;
            return CallResult.Halted;
        }

        if (code.Length == 0)
        {
            if (Observer is { } observer && observer.Watched == State[message.CodeAccount].Address)
            {
                observer.OnCall(new ReadOnlySpan<byte>(_memory.Base + message.InputStart, message.InputLength));
            }

            return Complete(message, HaltReason.None, message.Gas);
        }

        Frame frame = NextFrame();
        bool keepsContext = message.Kind is FrameKind.CallCode or FrameKind.DelegateCall;
        frame.Account = keepsContext ? caller.Account : message.Target;
        frame.Self = keepsContext ? caller.Self : State[message.Target].Address;
        frame.Caller = message.Kind == FrameKind.DelegateCall ? caller.Caller : caller.Self;
        frame.Value = message.Kind == FrameKind.DelegateCall ? caller.Value : message.Value;
        frame.IsStatic = caller.IsStatic || message.Kind == FrameKind.StaticCall;
        frame.InputStart = message.InputStart;
        frame.InputLength = message.InputLength;
        frame.OutputStart = message.OutputStart;
        frame.OutputLength = message.OutputLength;
        Start(frame, message.Kind, code, message.Gas, mark, caller.MemoryStart + caller.MemorySize);
        return CallResult.Entered;
    }

    // A delegation to a precompile runs no code (EIP-7702).
    private bool IsPrecompiled(in CallMessage message) =>
        message.CodeAccount != message.Target &&
        Fork.Precompiles.TryGet(State[message.CodeAccount].Address, out _);

    // Sets what every new frame begins with, and makes it the running one.
    private void Start(Frame frame, FrameKind kind, DecodedCode code, long gas, in Checkpoint mark, nuint memoryStart)
    {
        frame.Kind = kind;
        frame.Code = code;
        frame.Ip = null;
        frame.Sp = frame.StackBase;
        frame.Gas = gas;
        frame.GasGiven = gas;
        frame.Mark = mark;
        frame.MemoryStart = memoryStart;
        frame.MemorySize = 0;
        frame.MemoryGas = 0;
        Depth++;
        ReturnLength = 0;
        Halt = HaltReason.None;
        Resume(frame);
    }

    private CallResult RunPrecompile(Precompile precompile, in CallMessage message, in Checkpoint mark)
    {
        var input = new ReadOnlySpan<byte>(_memory.Base + message.InputStart, message.InputLength);
        long cost = precompile.Gas(input);
        if (cost > message.Gas)
        {
            State.RevertTo(mark);
            return Complete(message, HaltReason.OutOfGas, 0);
        }

        Span<byte> output = ReserveReturnData(precompile.OutputLengthMax(input));
        if (!precompile.TryRun(input, output, out int written))
        {
            State.RevertTo(mark);
            return Complete(message, HaltReason.PrecompileFailed, 0);
        }

        ReturnLength = written;
        return Complete(message, HaltReason.None, message.Gas - cost);
    }

    // Ends a call that made no frame.
    private CallResult Complete(in CallMessage message, HaltReason halt, long gasLeft)
    {
        Frame caller = Frame;
        caller.Gas += gasLeft;
        *++caller.Sp = halt == HaltReason.None ? UInt256.One : UInt256.Zero;
        CopyOutput(message.OutputStart, message.OutputLength);
        if (TracesFrames)
        {
            LastCall = LastCall with { Halt = halt, GasUsed = message.Gas - gasLeft };
        }

        return CallResult.Completed;
    }

    private void DescribeCall(in CallMessage message) => LastCall = new FrameStart
    {
        Kind = message.Kind,
        From = Frame.Self,
        To = State[message.Target].Address,
        Value = message.Kind == FrameKind.DelegateCall ? Frame.Value : message.Value,
        Gas = message.Gas,
        Input = new ReadOnlySpan<byte>(_memory.Base + message.InputStart, message.InputLength).ToArray(),
        Depth = Depth + 1,
    };
}
