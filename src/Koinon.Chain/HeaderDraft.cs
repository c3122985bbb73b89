using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Chain;

/// <summary>A header that is being made: filled by the builder, by consensus, by execution, and then sealed.</summary>
/// <remarks>One owner, one thread. The fields are those of <see cref="BlockHeader"/>.</remarks>
public sealed class HeaderDraft
{
    /// <summary>Hash of the parent.</summary>
    public Hash256 ParentHash { get; set; }

    /// <summary>Hash of the list of uncles.</summary>
    public Hash256 UnclesHash { get; set; }

    /// <summary>Who receives fees and reward.</summary>
    public Address Beneficiary { get; set; }

    /// <summary>Root of the state after the block.</summary>
    public Hash256 StateRoot { get; set; }

    /// <summary>Root of the transactions.</summary>
    public Hash256 TransactionsRoot { get; set; }

    /// <summary>Root of the receipts.</summary>
    public Hash256 ReceiptsRoot { get; set; }

    /// <summary>Filter over the logs.</summary>
    public Bloom LogsBloom { get; set; }

    /// <summary>Difficulty; 0 after the merge.</summary>
    public UInt256 Difficulty { get; set; }

    /// <summary>The block's number.</summary>
    public ulong Number { get; set; }

    /// <summary>The most gas its transactions may use.</summary>
    public ulong GasLimit { get; set; }

    /// <summary>The gas its transactions used.</summary>
    public ulong GasUsed { get; set; }

    /// <summary>Seconds since 1970.</summary>
    public ulong Timestamp { get; set; }

    /// <summary>Free bytes of the author.</summary>
    public ReadOnlyMemory<byte> ExtraData { get; set; }

    /// <summary>Mix hash of the proof of work, or randomness of the beacon chain.</summary>
    public Hash256 MixHash { get; set; }

    /// <summary>Nonce of the proof of work.</summary>
    public ulong Nonce { get; set; }

    /// <summary>Base fee; <see langword="null"/> where the fork has none.</summary>
    public UInt256? BaseFeePerGas { get; set; }

    /// <summary>Root of the withdrawals; <see langword="null"/> where the fork has none.</summary>
    public Hash256? WithdrawalsRoot { get; set; }

    /// <summary>Blob gas used; <see langword="null"/> where the fork has none.</summary>
    public ulong? BlobGasUsed { get; set; }

    /// <summary>Excess blob gas; <see langword="null"/> where the fork has none.</summary>
    public ulong? ExcessBlobGas { get; set; }

    /// <summary>Root of the parent's beacon block; <see langword="null"/> where the fork has none.</summary>
    public Hash256? ParentBeaconBlockRoot { get; set; }

    /// <summary>Hash of the requests; <see langword="null"/> where the fork has none.</summary>
    public Hash256? RequestsHash { get; set; }

    /// <summary>A draft that begins as a header that there is.</summary>
    public static HeaderDraft Of(BlockHeader header) => new()
    {
        ParentHash = header.ParentHash,
        UnclesHash = header.UnclesHash,
        Beneficiary = header.Beneficiary,
        StateRoot = header.StateRoot,
        TransactionsRoot = header.TransactionsRoot,
        ReceiptsRoot = header.ReceiptsRoot,
        LogsBloom = header.LogsBloom,
        Difficulty = header.Difficulty,
        Number = header.Number,
        GasLimit = header.GasLimit,
        GasUsed = header.GasUsed,
        Timestamp = header.Timestamp,
        ExtraData = header.ExtraData,
        MixHash = header.MixHash,
        Nonce = header.Nonce,
        BaseFeePerGas = header.BaseFeePerGas,
        WithdrawalsRoot = header.WithdrawalsRoot,
        BlobGasUsed = header.BlobGasUsed,
        ExcessBlobGas = header.ExcessBlobGas,
        ParentBeaconBlockRoot = header.ParentBeaconBlockRoot,
        RequestsHash = header.RequestsHash,
    };

    /// <summary>The header as it stands.</summary>
    public BlockHeader ToHeader() => new()
    {
        ParentHash = ParentHash,
        UnclesHash = UnclesHash,
        Beneficiary = Beneficiary,
        StateRoot = StateRoot,
        TransactionsRoot = TransactionsRoot,
        ReceiptsRoot = ReceiptsRoot,
        LogsBloom = LogsBloom,
        Difficulty = Difficulty,
        Number = Number,
        GasLimit = GasLimit,
        GasUsed = GasUsed,
        Timestamp = Timestamp,
        ExtraData = ExtraData,
        MixHash = MixHash,
        Nonce = Nonce,
        BaseFeePerGas = BaseFeePerGas,
        WithdrawalsRoot = WithdrawalsRoot,
        BlobGasUsed = BlobGasUsed,
        ExcessBlobGas = ExcessBlobGas,
        ParentBeaconBlockRoot = ParentBeaconBlockRoot,
        RequestsHash = RequestsHash,
    };
}
