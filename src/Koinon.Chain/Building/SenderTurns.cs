using Koinon.Primitives;

namespace Koinon.Chain.Building;

/// <summary>
/// Lets those who number transactions of one sender go one after another, in the order in which they came.
/// </summary>
/// <remarks>Safe from any thread; senders do not wait for each other, and who has nothing to do costs nothing.
/// </remarks>
public sealed class SenderTurns
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Address, Task> _last = [];

    /// <summary>Waits for the turn.</summary>
    /// <param name="sender">Whose transaction it is to be.</param>
    /// <param name="cancellation">Ends the waiting; who leaves does not hold up those behind.</param>
    /// <returns>The turn: it is passed on when disposed.</returns>
    public async ValueTask<IDisposable> TakeAsync(Address sender, CancellationToken cancellation)
    {
        Turn turn;
        Task? before;
        lock (_gate)
        {
            before = _last.GetValueOrDefault(sender);
            turn = new Turn(this, sender);
            _last[sender] = turn.Ended;
        }

        try
        {
            await (before ?? Task.CompletedTask).WaitAsync(cancellation).ConfigureAwait(false);
            return turn;
        }
        catch (OperationCanceledException)
        {
            // Whoever stands behind this one still waits for the one before.
            _ = before!.ContinueWith(
                static (_, left) => ((Turn)left!).Dispose(),
                turn,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw;
        }
    }

    private void End(in Address sender, Task ended)
    {
        lock (_gate)
        {
            if (_last.GetValueOrDefault(sender) == ended)
            {
                _last.Remove(sender);
            }
        }
    }

    private sealed class Turn(SenderTurns turns, Address sender) : IDisposable
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task Ended => _ended.Task;

        public void Dispose()
        {
            turns.End(sender, Ended);
            _ended.TrySetResult();
        }
    }
}
