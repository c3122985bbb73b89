using Koinon.Evm.Forks;
using Koinon.Primitives;

namespace Koinon.Evm.Frames;

/// <summary>What the instructions tell of block and transaction, as words ready for the stack.</summary>
internal sealed class Environment
{
    internal UInt256 Beneficiary;
    internal UInt256 Timestamp;
    internal UInt256 Number;
    internal UInt256 Randao;
    internal UInt256 GasLimit;
    internal UInt256 ChainId;
    internal UInt256 BaseFee;
    internal UInt256 BlobBaseFee;
    internal UInt256 Origin;
    internal UInt256 GasPrice;
    internal ulong BlockNumber;
    internal IBlockHashes? BlockHashes;
    internal IReadOnlyList<Hash256> BlobHashes = [];

    /// <summary>Takes over a block's values.</summary>
    internal void Load(BlockEnvironment block, Fork fork)
    {
        Beneficiary = block.Beneficiary.ToWord();
        Timestamp = block.Timestamp;
        Number = block.Number;
        Randao = fork.HasPrevRandao ? block.PrevRandao.ToWord() : block.Difficulty;
        GasLimit = block.GasLimit;
        ChainId = block.ChainId;
        BaseFee = block.BaseFee;
        BlobBaseFee = block.BlobBaseFee;
        BlockNumber = block.Number;
        BlockHashes = block.BlockHashes;
    }

    /// <summary>Takes over a transaction's values.</summary>
    internal void Load(in Address origin, in UInt256 gasPrice, IReadOnlyList<Hash256> blobHashes)
    {
        Origin = origin.ToWord();
        GasPrice = gasPrice;
        BlobHashes = blobHashes;
    }
}
