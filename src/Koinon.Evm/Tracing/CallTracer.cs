using Koinon.Evm.Frames;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Evm.Tracing;

/// <summary>Remembers the tree of calls (geth's <c>callTracer</c>).</summary>
/// <remarks>A run's tracer is used for one run. Its JSON form is the RPC's.</remarks>
public readonly struct CallTracer : ITracer
{
    private readonly Stack<CallTrace> _open = [];
    private readonly bool _onlyTopCall;
    private readonly Result _result = new();

    /// <summary>A tracer for one run.</summary>
    /// <param name="onlyTopCall">Whether frames below the first are left out.</param>
    public CallTracer(bool onlyTopCall = false) => _onlyTopCall = onlyTopCall;

    /// <inheritdoc/>
    public static bool TracesSteps => false;

    /// <inheritdoc/>
    public static bool TracesFrames => true;

    /// <summary>The first frame, once it has ended.</summary>
    public CallTrace? Root => _result.Root;

    /// <inheritdoc/>
    public void OnStep(in Step step)
    {
    }

    /// <inheritdoc/>
    public void OnStepEnd(long gasLeft, HaltReason halt)
    {
    }

    /// <inheritdoc/>
    public void OnFrameStart(in FrameStart start) => _open.Push(new CallTrace
    {
        Kind = start.Kind,
        From = start.From,
        To = start.To,
        Value = start.Value,
        Gas = start.Gas,
        Input = start.Input,
    });

    /// <inheritdoc/>
    public void OnFrameEnd(in FrameEnd end)
    {
        CallTrace trace = _open.Pop();
        trace.Halt = end.Halt;
        trace.GasUsed = end.GasUsed;
        trace.Output = end.Output.ToArray();
        if (end.Halt != HaltReason.None)
        {
            trace.ClearLogs();
        }

        if (_open.TryPeek(out CallTrace? parent))
        {
            if (!_onlyTopCall)
            {
                parent.Calls.Add(trace);
            }
        }
        else
        {
            _result.Root = trace;
        }
    }

    /// <inheritdoc/>
    public void OnLog(in Address address, ReadOnlySpan<Hash256> topics, ReadOnlySpan<byte> data)
    {
        CallTrace trace = _open.Peek();
        trace.Logs.Add((new Log(address, topics.ToArray(), data.ToArray()), trace.Calls.Count));
    }

    /// <inheritdoc/>
    public void OnSelfDestruct(in Address contract, in Address beneficiary, in UInt256 balance)
    {
        if (!_onlyTopCall)
        {
            _open.Peek().Calls.Add(new CallTrace
            {
                Kind = FrameKind.Call,
                IsSelfDestruct = true,
                From = contract,
                To = beneficiary,
                Value = balance,
            });
        }
    }

    private sealed class Result
    {
        internal CallTrace? Root { get; set; }
    }
}
