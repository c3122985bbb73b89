using Koinon.Evm.Decoding;
using Koinon.Evm.Journal;
using Koinon.Evm.Precompiles;
using Koinon.Evm.Tracing;
using Koinon.Primitives;

namespace Koinon.Evm.Frames;

// The first frame of a run: a transaction's, a system call's, or a bare message's.
internal sealed unsafe partial class Machine
{
    /// <summary>Makes the first call.</summary>
    /// <param name="message">Who calls whom with what; its gas is what the frame gets.</param>
    /// <param name="gasLeft">The gas left where no frame runs.</param>
    /// <returns>Whether a frame runs; else <see cref="Halt"/> and <paramref name="gasLeft"/> say how it
    /// ended.</returns>
    internal bool EnterFirst(Message message, out long gasLeft)
    {
        gasLeft = message.Gas;
        int caller = State.Intern(message.Caller);
        int target = State.Intern(message.Target);
        if (TracesFrames)
        {
            FrameKind kind = message.Value.IsZero && message.IsStatic ? FrameKind.StaticCall : FrameKind.Call;
            DescribeFirst(kind, message, message.Target);
        }

        Checkpoint mark = State.Mark();
        if (message.MovesValue)
        {
            if (State[caller].Balance < message.Value)
            {
                Halt = HaltReason.InsufficientBalance;
                return false;
            }

            State.SubtractBalance(caller, message.Value);
            State.AddBalance(target, message.Value);
        }

        if (Fork.Precompiles.TryGet(message.Target, out Precompile? precompile))
        {
            gasLeft = RunFirst(precompile, message, mark);
            return false;
        }

        DecodedCode code = FirstCode(message, target);
        if (State.IsUnavailable)
        {
            Halt = HaltReason.StateUnavailable;
            return false;
        }

        if (code.Length == 0)
        {
            if (Observer is { } observer && observer.Watched == message.Target)
            {
                observer.OnCall(message.Input.Span);
            }

            Halt = HaltReason.None;
            ReturnLength = 0;
            return false;
        }

        nuint memoryStart = StoreInput(message.Input.Span);
        Frame frame = NextFrame();
        frame.Account = target;
        frame.Self = message.Target;
        frame.Caller = message.Caller;
        frame.Value = message.Value;
        frame.IsStatic = message.IsStatic;
        frame.InputStart = 0;
        frame.InputLength = message.Input.Length;
        frame.OutputStart = 0;
        frame.OutputLength = 0;
        Start(frame, FrameKind.Call, code, message.Gas, mark, memoryStart);
        return true;
    }

    /// <summary>Makes the first creation.</summary>
    /// <param name="message">Who creates with what initialisation code; the caller's nonce is counted up
    /// already.</param>
    /// <param name="address">Where the contract will stand.</param>
    /// <param name="gasLeft">The gas left where no frame runs.</param>
    /// <returns>Whether a frame runs; else <see cref="Halt"/> says why not.</returns>
    internal bool EnterFirstCreation(Message message, in Address address, out long gasLeft)
    {
        gasLeft = message.Gas;
        int caller = State.Intern(message.Caller);
        int account = State.Intern(address);
        if (TracesFrames)
        {
            DescribeFirst(FrameKind.Create, message, address);
        }

        State.Warm(account);
        bool occupied = State.IsOccupied(account);
        if (State.IsUnavailable || State[caller].Balance < message.Value)
        {
            Halt = State.IsUnavailable ? HaltReason.StateUnavailable : HaltReason.InsufficientBalance;
            return false;
        }

        if (occupied)
        {
            Halt = HaltReason.CreateCollision;
            gasLeft = 0;
            return false;
        }

        StartCreation(
            FrameKind.Create, caller, account, message.Caller, message.Value, message.Input.Span, message.Gas);
        return true;
    }

    private DecodedCode FirstCode(Message message, int target)
    {
        if (Fork.HasDelegations && TryGetDelegate(target, out Address delegated))
        {
            int delegateAccount = State.Intern(delegated);
            State.Warm(delegateAccount);
            return Fork.Precompiles.TryGet(delegated, out _) ? CodeCache.Empty : State.CodeOf(delegateAccount);
        }

        return State.CodeOf(target);
    }

    private long RunFirst(Precompile precompile, Message message, in Checkpoint mark)
    {
        ReadOnlySpan<byte> input = message.Input.Span;
        long cost = precompile.Gas(input);
        ReturnLength = 0;
        Halt = cost > message.Gas ? HaltReason.OutOfGas : HaltReason.None;
        if (Halt == HaltReason.None)
        {
            bool ok = precompile.TryRun(input, ReserveReturnData(precompile.OutputLengthMax(input)), out int written);
            ReturnLength = ok ? written : 0;
            Halt = ok ? HaltReason.None : HaltReason.PrecompileFailed;
        }

        if (Halt != HaltReason.None)
        {
            State.RevertTo(mark);
            return 0;
        }

        return message.Gas - cost;
    }

    // The first frame's input lies at the arena's start, its memory behind it on a word's border.
    private nuint StoreInput(ReadOnlySpan<byte> input)
    {
        nuint memoryStart = ((nuint)input.Length + 31) & ~(nuint)31;
        _memory.Reserve(memoryStart + 1);
        input.CopyTo(new Span<byte>(_memory.Base, input.Length));
        return memoryStart;
    }

    private void DescribeFirst(FrameKind kind, Message message, in Address to) => LastCall = new FrameStart
    {
        Kind = kind,
        From = message.Caller,
        To = to,
        Value = message.Value,
        Gas = message.Gas,
        Input = message.Input,
        Depth = 0,
    };
}
