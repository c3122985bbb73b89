namespace Koinon.Primitives.Blocks;

/// <summary>A header with what consensus says of it: a header has no hash of its own making.</summary>
/// <param name="Header">The header.</param>
/// <param name="Hash">The hash by which its block is known.</param>
/// <param name="Author">Who made the block.</param>
public sealed record SealedHeader(BlockHeader Header, Hash256 Hash, Address Author);
