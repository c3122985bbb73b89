using Koinon.Rpc.Json;

namespace Koinon.Rpc.Engine;

/// <summary>A blob with the proof of the whole of it (EIP-4844).</summary>
/// <param name="Blob">The blob.</param>
/// <param name="Proof">The proof.</param>
public sealed record BlobAndProofJson(HexData Blob, HexData Proof);
