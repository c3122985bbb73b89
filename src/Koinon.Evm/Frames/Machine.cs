using System.Diagnostics;
using System.Runtime.CompilerServices;
using Koinon.Evm.Decoding;
using Koinon.Evm.Forks;
using Koinon.Evm.Journal;

namespace Koinon.Evm.Frames;

/// <summary>Everything a run works on: frames, stacks, memory, return data and the journaled state.</summary>
/// <remarks>One thread at a time. Kept between runs: a warm machine allocates nothing.</remarks>
internal sealed unsafe partial class Machine : IDisposable
{
    /// <summary>The deepest that calls may be nested (yellow paper, section 9.1).</summary>
    internal const int DepthMax = 1_024;

    // A run that can be cancelled looks at its token each time this much gas is used up.
    private const long GasSlice = 1_000_000;

    private readonly Frame?[] _frames = new Frame?[DepthMax + 1];
    private readonly StackArena _stacks = new();
    private readonly MemoryArena _memory = new();
    private readonly MemoryArena _returnData = new();
    private CancellationToken _cancellation;
    private bool _isCancellable;

    internal Machine(CodeCache codeCache)
    {
        State = new JournaledState(codeCache);
        _memory.Reserve(1);
        _returnData.Reserve(1);
        Fork = ForkList.Newest;
        Frame = new Frame();
    }

    /// <summary>The accounts and slots as the run sees them.</summary>
    internal JournaledState State { get; }

    /// <summary>What the instructions tell of block and transaction.</summary>
    internal Environment Environment { get; } = new();

    /// <summary>The rules.</summary>
    internal Fork Fork { get; private set; }

    /// <summary>The frame that runs.</summary>
    internal Frame Frame;

    /// <summary>How many frames are below it: 0 for the first.</summary>
    internal int Depth;

    /// <summary>How the last frame ended, or why the running one must.</summary>
    internal HaltReason Halt;

    /// <summary>The first byte of the running frame's memory. Changes when memory grows.</summary>
    internal byte* Memory;

    /// <summary>Bytes of the running frame's memory.</summary>
    internal nuint MemorySize;

    /// <summary>Gas of the running frame that its loop was not given yet.</summary>
    internal long GasReserve;

    /// <summary>Bytes that the last call returned.</summary>
    internal int ReturnLength;

    /// <summary>What the last call that made no frame did, for the tracers.</summary>
    internal Tracing.FrameStart LastCall;

    /// <summary>Gas of the running frame after its last call was paid and before anything came back.</summary>
    internal long GasAfterCall;

    /// <summary>What a contract held that destructs itself, for the tracers.</summary>
    internal Primitives.UInt256 BalanceLeft;

    /// <summary>Whether a tracer was told of an instruction and not yet of its end.</summary>
    internal bool IsStepOpen;

    /// <summary>What an opcode or a stack was that halted its frame, for the text of the failure.</summary>
    internal int HaltFound;

    /// <summary>What the stack would have to hold.</summary>
    internal int HaltWanted;

    /// <summary>Hears of calls to an address without code; null where nobody listens.</summary>
    internal ICallObserver? Observer;

    /// <summary>Whether <see cref="LastCall"/> is wanted.</summary>
    internal bool TracesFrames;

    /// <summary>How the last frame ended, in geth's words; empty where it ended in order.</summary>
    internal string HaltText => HaltReasonText.Of(Halt, HaltFound, HaltWanted);

    /// <summary>The data that the last call returned.</summary>
    internal ReadOnlySpan<byte> ReturnData => new(_returnData.Base, ReturnLength);

    /// <summary>What stands in the buffer of return data, whatever its declared length.</summary>
    /// <param name="length">At most the length of the last result.</param>
    internal ReadOnlySpan<byte> ReturnBuffer(int length) => new(_returnData.Base, length);

    /// <summary>The first byte of the running frame's input.</summary>
    internal byte* Input => _memory.Base + Frame.InputStart;

    /// <summary>Starts a run over a view.</summary>
    internal void Begin(Fork fork, Primitives.State.IStateView view, CancellationToken cancellation)
    {
        Fork = fork;
        State.Begin(view, fork.Instructions, fork.Precompiles);
        _cancellation = cancellation;
        _isCancellable = cancellation.CanBeCanceled;
        Depth = -1;
        Halt = HaltReason.None;
        ReturnLength = 0;
        GasReserve = 0;
        MemorySize = 0;
        IsStepOpen = false;
    }

    /// <summary>Ends a run: what it grew beyond measure is given back.</summary>
    internal void End()
    {
        _memory.Trim();
        _returnData.Trim();
        _memory.Reserve(1);
        _returnData.Reserve(1);
        _cancellation = default;
        Observer = null;
        State.Begin(EmptyStateView.Instance, InstructionSet.None, Precompiles.PrecompileSet.None);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stacks.Dispose();
        _memory.Dispose();
        _returnData.Dispose();
    }

    /// <summary>Charges gas.</summary>
    /// <returns>The gas left; negative where it did not suffice, and then <see cref="Halt"/> says so.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal long Charge(long gas, long cost)
    {
        Debug.Assert(cost >= 0, "A charge is never negative.");

        // Both are below 2⁶³ in size: the difference cannot wrap.
        gas = unchecked(gas - cost);
        return gas >= 0 ? gas : Refill(gas);
    }

    /// <summary>Gives the loop its next slice of gas.</summary>
    /// <param name="gas">What the loop has: negative by what it lacks.</param>
    /// <returns>The gas it has then; negative where there is not enough.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal long Refill(long gas)
    {
        gas += GasReserve;
        GasReserve = 0;
        if (_isCancellable && _cancellation.IsCancellationRequested)
        {
            Halt = HaltReason.Cancelled;
            return Math.Min(gas, -1);
        }

        if (gas < 0)
        {
            Halt = HaltReason.OutOfGas;
            return gas;
        }

        return TakeSlice(gas);
    }

    /// <summary>Splits a frame's gas into what its loop gets and what is held back.</summary>
    internal long TakeSlice(long gas)
    {
        GasReserve = _isCancellable && gas > GasSlice ? gas - GasSlice : 0;
        return gas - GasReserve;
    }

    /// <summary>Ends the running frame for a reason.</summary>
    /// <returns>A negative amount of gas.</returns>
    internal long Fail(HaltReason reason)
    {
        Halt = reason;
        return -1;
    }

    /// <summary>The frame above the running one, made when first needed.</summary>
    private Frame NextFrame()
    {
        int depth = Depth + 1;
        Frame? frame = _frames[depth];
        if (frame is null)
        {
            frame = new Frame { StackBase = _stacks.Base(depth) };
            _frames[depth] = frame;
        }

        return frame;
    }

    private Frame CallerFrame() => _frames[Depth - 1] ?? throw new UnreachableException("A frame has no caller.");
}
