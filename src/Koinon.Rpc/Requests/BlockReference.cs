using Koinon.Primitives;

namespace Koinon.Rpc.Requests;

/// <summary>The block a request speaks of.</summary>
/// <param name="Tag">What it is named by.</param>
/// <param name="Number">Its number, where named by number.</param>
/// <param name="Hash">Its hash, where named by hash.</param>
/// <param name="RequiresCanonical">Whether a hash must be one of the canonical chain (EIP-1898).</param>
public readonly record struct BlockReference(BlockTag Tag, ulong Number, Hash256 Hash, bool RequiresCanonical)
{
    /// <summary>The head: what a request means that names no block.</summary>
    public static BlockReference Latest => default;

    /// <summary>A block by its tag alone.</summary>
    public static BlockReference Tagged(BlockTag tag) => new(tag, 0, default, false);

    /// <summary>A block by its number.</summary>
    public static BlockReference Numbered(ulong number) => new(BlockTag.Number, number, default, false);

    /// <summary>A block by its hash.</summary>
    public static BlockReference Hashed(in Hash256 hash, bool requiresCanonical = false) =>
        new(BlockTag.Hash, 0, hash, requiresCanonical);
}
