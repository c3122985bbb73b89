namespace Koinon.Rpc.Development.Snapshots;

/// <summary>The snapshots of a development chain.</summary>
/// <remarks>Safe from any thread. Going back to one uses it up, with all that came after it.</remarks>
public interface ISnapshots
{
    /// <summary>Those that can be gone back to, the oldest first.</summary>
    IReadOnlyList<SnapshotPlace> All { get; }

    /// <summary>Takes one: a few words, whatever the size of the chain.</summary>
    /// <returns>Its id, from 1.</returns>
    ValueTask<ulong> TakeAsync(CancellationToken cancellation);

    /// <summary>Goes back to one.</summary>
    /// <returns><see langword="false"/> where there is none of that id, and nothing was changed.</returns>
    ValueTask<bool> RevertAsync(ulong id, CancellationToken cancellation);
}
