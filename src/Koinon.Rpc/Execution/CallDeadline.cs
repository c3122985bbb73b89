using Koinon.Evm;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Execution;

/// <summary>The time a question may take, and the caller's patience, as one token.</summary>
internal sealed class CallDeadline : IDisposable
{
    /// <summary>The longest that a timer takes, to the day.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    private readonly CancellationToken _caller;
    private readonly TimeSpan _time;
    private readonly CancellationTokenSource _source;

    /// <summary>Starts the clock.</summary>
    /// <param name="time">The time allowed.</param>
    /// <param name="caller">Ends when the caller has gone.</param>
    public CallDeadline(TimeSpan time, CancellationToken caller)
    {
        _caller = caller;
        _time = time;
        _source = caller.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(caller)
            : new CancellationTokenSource();
        _source.CancelAfter(time < Longest ? time : Longest);
    }

    /// <summary>Ends when time is over or the caller has gone.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What a run is answered with that did not come to its end.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone: nobody is there to be answered.</exception>
    public RpcError Error()
    {
        _caller.ThrowIfCancellationRequested();
        return RpcError.Server($"execution aborted (timeout = {_time.TotalSeconds:0.###}s)");
    }

    /// <summary>The error of a run that was ended, or <see langword="null"/>.</summary>
    public RpcError? ErrorOf(TransactionOutcome outcome) => outcome.Halt == HaltReason.Cancelled ? Error() : null;

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
