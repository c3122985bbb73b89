using Koinon.Rpc.Json;

namespace Koinon.Rpc.Engine;

/// <summary>What came of moving the head.</summary>
/// <param name="PayloadStatus">What the head is worth.</param>
/// <param name="PayloadId">The build process that was begun, where one was.</param>
public sealed record ForkchoiceResult(PayloadStatus PayloadStatus, HexData? PayloadId);
