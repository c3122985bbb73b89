namespace Koinon.Rpc.Development.Life;

/// <summary>Where those who change a chain go in and out: it closes for good while nobody is inside.</summary>
/// <remarks>Safe from any thread.</remarks>
public sealed class ChangeGate
{
    private readonly Lock _gate = new();
    private int _inside;
    private bool _isClosed;

    /// <summary>Goes in.</summary>
    /// <returns>Whether it is open still.</returns>
    public bool TryEnter()
    {
        lock (_gate)
        {
            _inside += _isClosed ? 0 : 1;
            return !_isClosed;
        }
    }

    /// <summary>Goes out.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _inside--;
        }
    }

    /// <summary>Closes it, if nobody is inside.</summary>
    public bool TryClose()
    {
        lock (_gate)
        {
            _isClosed |= _inside == 0;
            return _isClosed;
        }
    }
}
