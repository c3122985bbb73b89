using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Rpc.Engine;

/// <summary>A payload with what travels beside it.</summary>
internal sealed record NewPayloadRequest(
    ExecutionPayload Payload,
    IReadOnlyList<Hash256>? VersionedHashes,
    Hash256? ParentBeaconBlockRoot,
    ExecutionRequests? Requests);
