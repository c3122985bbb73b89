using Koinon.Primitives;

namespace Koinon.Evm;

/// <summary>What a transaction sees of the block it runs in.</summary>
public sealed class BlockEnvironment
{
    /// <summary>The network's id, for CHAINID and for replay protection (EIP-155).</summary>
    public UInt256 ChainId { get; init; } = UInt256.One;

    /// <summary>The block's number.</summary>
    public ulong Number { get; init; }

    /// <summary>The block's time in seconds since 1970.</summary>
    public ulong Timestamp { get; init; }

    /// <summary>The most gas that the block's transactions may use together.</summary>
    public ulong GasLimit { get; init; }

    /// <summary>Who receives the fees.</summary>
    public Address Beneficiary { get; init; }

    /// <summary>The block's difficulty, for DIFFICULTY; before the merge only.</summary>
    public UInt256 Difficulty { get; init; }

    /// <summary>The beacon chain's randomness, for PREVRANDAO; after the merge only (EIP-4399).</summary>
    public Hash256 PrevRandao { get; init; }

    /// <summary>Wei a unit of gas that are burnt (EIP-1559); zero before the fee market.</summary>
    public UInt256 BaseFee { get; init; }

    /// <summary>Wei a unit of blob gas (EIP-4844); zero before blobs.</summary>
    public UInt256 BlobBaseFee { get; init; }

    /// <summary>Hashes of the ancestors; <see langword="null"/> where none are known.</summary>
    public IBlockHashes? BlockHashes { get; init; }
}
