using Koinon.Primitives;

namespace Koinon.Rpc.Json;

/// <summary>A block that was refused.</summary>
/// <param name="Block">The block, with whole transactions.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Rlp">Its bytes.</param>
/// <param name="Reason">The rule that it broke, and how.</param>
public sealed record BadBlockJson(BlockJson Block, Hash256 Hash, HexData Rlp, string Reason);
