using Koinon.Rpc.Json;

namespace Koinon.Rpc.Engine;

/// <summary>A blob with the proofs of its cells (EIP-7594).</summary>
/// <param name="Blob">The blob.</param>
/// <param name="Proofs">128 proofs.</param>
public sealed record BlobAndCellProofsJson(HexData Blob, IReadOnlyList<HexData> Proofs);
