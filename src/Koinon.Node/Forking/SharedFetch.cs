namespace Koinon.Node.Forking;

/// <summary>An exchange that several callers wait for: it is given up when the last of them has left.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class SharedFetch
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string?> _completion =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Who began it waits too.
    private int _waiting = 1;
    private bool _isOver;

    /// <summary>Why it brought nothing; <see langword="null"/> where it did.</summary>
    public Task<string?> Completion => _completion.Task;

    /// <summary>Begins to wait for it.</summary>
    /// <returns>Whether it can still be waited for.</returns>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_waiting == 0)
            {
                return false;
            }

            _waiting++;
            return true;
        }
    }

    /// <summary>Ends to wait for it.</summary>
    public void Leave()
    {
        bool isLast;
        lock (_gate)
        {
            isLast = --_waiting == 0 && !_isOver;
        }

        if (isLast)
        {
            _abandoned.SetResult();
        }
    }

    /// <summary>Begins the exchange.</summary>
    public void Start(Func<CancellationToken, Task<string?>> exchange) => _ = RunAsync(exchange);

    private async Task RunAsync(Func<CancellationToken, Task<string?>> exchange)
    {
        string? reason;
        using CancellationTokenSource source = new();
        try
        {
            Task<string?> running = exchange(source.Token);
            if (await Task.WhenAny(running, _abandoned.Task).ConfigureAwait(false) != running)
            {
                await source.CancelAsync().ConfigureAwait(false);
            }

            reason = await running.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            reason = "fork: nobody waited for the answer";
        }
        catch (Exception defect)
        {
            // Nobody else sees it: those who wait must.
            _completion.SetException(defect);
            return;
        }

        lock (_gate)
        {
            _isOver = true;
        }

        _completion.SetResult(reason);
    }
}
