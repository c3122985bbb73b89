using Koinon.Evm.Frames;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Evm.Tracing;

/// <summary>Remembers the tree of calls (geth's <c>callTracer</c>).</summary>
/// <remarks>Its JSON form is the RPC's. What it keeps is bounded by <paramref name="bytesMax"/>.</remarks>
/// <param name="onlyTopCall">Whether frames below the first are left out.</param>
/// <param name="bytesMax">The most bytes of data, logs and frames; beyond it <see cref="IsFull"/> is set and nothing
/// more is kept.</param>
public sealed class CallTracer(bool onlyTopCall = false, long bytesMax = long.MaxValue) : TraceListener
{
    private const int FrameBytes = 256;

    private readonly Stack<CallTrace> _open = [];
    private readonly Stack<int> _firstLogs = [];
    private long _bytesKept;
    private int _depth;

    /// <summary>The first frame, once it has ended.</summary>
    public CallTrace? Root { get; private set; }

    /// <summary>How many logs stand.</summary>
    public int LogCount { get; private set; }

    /// <summary>Whether something was not kept: the trace is of no use then.</summary>
    public bool IsFull => _bytesKept > bytesMax;

    private bool IsHidden => (onlyTopCall && _depth > 1) || IsFull;

    /// <inheritdoc/>
    public override void OnFrameStart(in FrameStart start)
    {
        _depth++;
        _firstLogs.Push(LogCount);
        if (_depth > 1 && IsHidden)
        {
            return;
        }

        Keep(start.Input.Length);
        _open.Push(new CallTrace
        {
            Kind = start.Kind,
            From = start.From,
            To = start.To,
            Value = start.Value,
            Gas = start.Gas,
            Input = start.Input,
            Depth = _depth,
        });
    }

    /// <inheritdoc/>
    public override void OnFrameEnd(in FrameEnd end)
    {
        _depth--;
        int firstLog = _firstLogs.Pop();
        LogCount = end.Halt == HaltReason.None ? LogCount : firstLog;
        if (!_open.TryPeek(out CallTrace? trace) || trace.Depth != _depth + 1)
        {
            return;
        }

        _open.Pop();
        Keep(end.Output.Length);
        trace.Halt = end.Halt;
        trace.Error = end.Error;
        trace.GasUsed = end.GasUsed;
        trace.Output = end.Output.ToArray();
        if (end.Halt != HaltReason.None)
        {
            trace.ClearLogs();
        }

        if (_open.TryPeek(out CallTrace? parent))
        {
            parent.Calls.Add(trace);
        }
        else
        {
            Root = trace;
        }
    }

    /// <inheritdoc/>
    public override void OnLog(in Address address, ReadOnlySpan<Hash256> topics, ReadOnlySpan<byte> data)
    {
        int index = LogCount++;
        if (!IsHidden)
        {
            Keep(data.Length);
            CallTrace trace = _open.Peek();
            Log log = new(address, topics.ToArray(), data.ToArray());
            trace.Logs.Add(new LogTrace(log, index, trace.Calls.Count));
        }
    }

    /// <inheritdoc/>
    public override void OnSelfDestruct(in Address contract, in Address beneficiary, in UInt256 balance)
    {
        if (onlyTopCall || IsFull)
        {
            return;
        }

        Keep(0);
        _open.Peek().Calls.Add(new CallTrace
        {
            Kind = FrameKind.Call,
            IsSelfDestruct = true,
            From = contract,
            To = beneficiary,
            Value = balance,
        });
    }

    private void Keep(int length) => _bytesKept += FrameBytes + length;
}
