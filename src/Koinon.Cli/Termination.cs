using System.Runtime.InteropServices;

namespace Koinon.Cli;

/// <summary>
/// The first request to end (Ctrl-C, SIGTERM) has the verb at work end in order, however long that takes it; the second
/// one ends the process at once.
/// </summary>
internal sealed class Termination : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _signals;

    /// <summary>Takes the signals over.</summary>
    public Termination() => _signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Take),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take),
    ];

    /// <summary>Cancelled by the first request.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }

        _asked.Dispose();
    }

    private void Take(PosixSignalContext signal)
    {
        if (_asked.IsCancellationRequested) return;

        signal.Cancel = true;
        _asked.Cancel();
    }
}
