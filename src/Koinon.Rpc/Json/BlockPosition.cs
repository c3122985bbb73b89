using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Rpc.Json;

/// <summary>Where a transaction stands in the chain.</summary>
/// <param name="Block">The header of its block.</param>
/// <param name="Index">Its place in the block, from 0.</param>
public readonly record struct BlockPosition(SealedHeader Block, int Index)
{
    /// <summary>The base fee of the block; <see langword="null"/> where blocks have none.</summary>
    public UInt256? BaseFee => Block.Header.BaseFeePerGas;
}
