using Koinon.Evm.Decoding;
using Koinon.Evm.Forks;
using Koinon.Evm.Journal;
using Koinon.Evm.Tracing;
using Koinon.Primitives;

namespace Koinon.Evm.Frames;

// CREATE and CREATE2.
internal sealed unsafe partial class Machine
{
    private const byte ReservedCodePrefix = 0xef;

    /// <summary>Carries out CREATE or CREATE2 of the running frame.</summary>
    /// <remarks>As with <see cref="Call"/>, the frame's registers are in the frame before and after.</remarks>
    internal CallResult Create(FrameKind kind)
    {
        Frame frame = Frame;
        UInt256* sp = frame.Sp;
        UInt256 value = sp[0];
        UInt256 offset = sp[-1];
        UInt256 length = sp[-2];
        UInt256 salt = kind == FrameKind.Create2 ? sp[-3] : UInt256.Zero;
        frame.Sp = kind == FrameKind.Create2 ? sp - 4 : sp - 3;
        GasAfterCall = frame.Gas;
        if (frame.IsStatic)
        {
            Halt = HaltReason.StaticViolation;
            return CallResult.Halted;
        }

        if (length > (UInt256)(uint)Fork.InitCodeSizeMax)
        {
            Halt = HaltReason.InitCodeTooLarge;
            return CallResult.Halted;
        }

        long words = ((long)length.U0 + 31) / 32;
        long wordPrice = Fork.Gas.InitCodeWord + (kind == FrameKind.Create2 ? Fork.Gas.KeccakWord : 0);
        long gas = ExpandMemory(frame.Gas, offset, length);
        gas = gas < 0 ? gas : Charge(gas, words * wordPrice);
        GasAfterCall = gas;
        if (gas < 0)
        {
            return CallResult.Halted;
        }

        ReadOnlySpan<byte> initCode = MemorySpan(offset, length);
        long forwarded = Fork.CallGas == CallGasRule.AllButOne64th ? gas - (gas / 64) : gas;
        frame.Gas = gas - forwarded;
        frame.MemorySize = MemorySize;
        return EnterCreation(kind, value, initCode, salt, forwarded);
    }

    private CallResult EnterCreation(
        FrameKind kind, in UInt256 value, ReadOnlySpan<byte> initCode, in UInt256 salt, long gas)
    {
        Frame creator = Frame;
        ReturnLength = 0;
        ulong nonce = State[creator.Account].Nonce;
        Address address = default;
        if (TracesFrames)
        {
            LastCall = DescribeCreation(kind, creator.Self, default, value, gas, initCode);
        }

        if (Depth >= DepthMax)
        {
            return NotCreated(HaltReason.CallDepth, gas, gas);
        }

        if (State[creator.Account].Balance < value)
        {
            return NotCreated(HaltReason.InsufficientBalance, gas, gas);
        }

        if (nonce == ulong.MaxValue)
        {
            return NotCreated(HaltReason.NonceOverflow, gas, gas);
        }

        State.SetNonce(creator.Account, nonce + 1);
        address = kind == FrameKind.Create2
            ? ContractAddress.Of(creator.Self, salt, initCode)
            : ContractAddress.Of(creator.Self, nonce);
        int account = State.Intern(address);
        State.Warm(account);
        if (TracesFrames)
        {
            LastCall = LastCall with { To = address };
        }

        bool occupied = State.IsOccupied(account);
        if (State.IsUnavailable)
        {
            Halt = HaltReason.StateUnavailable;
            return CallResult.Halted;
        }

        if (occupied)
        {
            return NotCreated(HaltReason.CreateCollision, gas, 0);
        }

        StartCreation(kind, creator.Account, account, creator.Self, value, initCode, gas);
        return CallResult.Entered;
    }

    // The new account, the value sent, and the frame that runs the initialisation code.
    private void StartCreation(
        FrameKind kind,
        int creator,
        int account,
        in Address caller,
        in UInt256 value,
        ReadOnlySpan<byte> initCode,
        long gas)
    {
        Checkpoint mark = State.Mark();
        State.Touch(account);
        State.SetFlags(account, State[account].Flags | AccountFlags.Created);
        if (Fork.ContractNonce != 0)
        {
            State.SetNonce(account, Fork.ContractNonce);
        }

        State.SubtractBalance(creator, value);
        State.AddBalance(account, value);
        DecodedCode code = State.RentInitCode(initCode);
        nuint memoryStart = Depth < 0 ? 0 : Frame.MemoryStart + Frame.MemorySize;
        Frame frame = NextFrame();
        frame.Account = account;
        frame.Self = State[account].Address;
        frame.Caller = caller;
        frame.Value = value;
        frame.IsStatic = false;
        frame.InputStart = memoryStart;
        frame.InputLength = 0;
        frame.OutputStart = 0;
        frame.OutputLength = 0;
        Start(frame, kind, code, gas, mark, memoryStart);
    }

    // Stores what the initialisation code returned; Halt says why where it cannot be.
    private long DepositCode(Frame frame, long gas)
    {
        ReadOnlySpan<byte> code = ReturnData;
        if (code.Length > Fork.CodeSizeMax)
        {
            Halt = HaltReason.CodeTooLarge;
            return 0;
        }

        if (Fork.ReservesCodePrefix && code.Length > 0 && code[0] == ReservedCodePrefix)
        {
            Halt = HaltReason.CodeReservedPrefix;
            return 0;
        }

        long cost = code.Length * Fork.Gas.CodeDepositByte;
        if (cost <= gas)
        {
            State.SetCode(frame.Account, code);
            gas -= cost;
        }
        else if (Fork.CodeDeposit == CodeDepositRule.FailOnOutOfGas)
        {
            Halt = HaltReason.CodeDepositOutOfGas;
            return 0;
        }

        // The top frame's return data are what a question is answered with; a contract sees none (EIP-211).
        if (Depth > 0)
        {
            ReturnLength = 0;
        }

        return gas;
    }

    private CallResult NotCreated(HaltReason halt, long gas, long gasLeft)
    {
        Frame.Gas += gasLeft;
        *++Frame.Sp = UInt256.Zero;
        if (TracesFrames)
        {
            LastCall = LastCall with { Halt = halt, GasUsed = gas - gasLeft };
        }

        return CallResult.Completed;
    }

    private FrameStart DescribeCreation(
        FrameKind kind, in Address from, in Address to, in UInt256 value, long gas, ReadOnlySpan<byte> initCode)
    {
        return new FrameStart
        {
            Kind = kind,
            From = from,
            To = to,
            Value = value,
            Gas = gas,
            Input = initCode.ToArray(),
            Depth = Depth + 1,
        };
    }
}
