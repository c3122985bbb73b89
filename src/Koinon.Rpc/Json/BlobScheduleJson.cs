namespace Koinon.Rpc.Json;

/// <summary>How many blobs blocks may carry, and how their price follows.</summary>
/// <param name="BaseFeeUpdateFraction">Blob gas by which the excess changes the price e times.</param>
/// <param name="Max">The most blobs of a block.</param>
/// <param name="Target">Blobs of a block at which the price stands still.</param>
public sealed record BlobScheduleJson(ulong BaseFeeUpdateFraction, ulong Max, ulong Target);
