namespace Koinon.Storage.Memory;

/// <summary>Numbers the write transactions of a store and its clones, so that a node knows who may change it.</summary>
internal sealed class MemoryEdits
{
    private long _last;

    /// <summary>A number that no other transaction has.</summary>
    public long Next() => Interlocked.Increment(ref _last);
}
