using Koinon.Primitives;

namespace Koinon.Rpc.Development.Snapshots;

/// <summary>Where a snapshot goes back to.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">The number of the block that was the head.</param>
/// <param name="Hash">That block's hash.</param>
public readonly record struct SnapshotPlace(ulong Id, ulong Number, Hash256 Hash);
