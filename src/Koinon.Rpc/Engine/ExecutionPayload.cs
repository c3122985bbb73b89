using Koinon.Chain;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Engine;

/// <summary>A block as a consensus client hands it in.</summary>
internal sealed record ExecutionPayload
{
    public required Hash256 ParentHash { get; init; }

    public required Address FeeRecipient { get; init; }

    public required Hash256 StateRoot { get; init; }

    public required Hash256 ReceiptsRoot { get; init; }

    public required Bloom LogsBloom { get; init; }

    public required Hash256 PrevRandao { get; init; }

    public required ulong BlockNumber { get; init; }

    public required ulong GasLimit { get; init; }

    public required ulong GasUsed { get; init; }

    public required ulong Timestamp { get; init; }

    public required ReadOnlyMemory<byte> ExtraData { get; init; }

    public required UInt256 BaseFeePerGas { get; init; }

    public required Hash256 BlockHash { get; init; }

    public required IReadOnlyList<ReadOnlyMemory<byte>> Transactions { get; init; }

    public IReadOnlyList<Withdrawal>? Withdrawals { get; init; }

    public ulong? BlobGasUsed { get; init; }

    public ulong? ExcessBlobGas { get; init; }

    /// <summary>The block that the payload stands for.</summary>
    /// <param name="transactions">Its transactions, decoded.</param>
    /// <param name="parentBeaconBlockRoot">What travels beside it (EIP-4788).</param>
    /// <param name="requests">What travels beside it (EIP-7685).</param>
    public Block ToBlock(
        IReadOnlyList<Transaction> transactions, Hash256? parentBeaconBlockRoot, ExecutionRequests? requests) => new()
        {
            Header = new HeaderDraft
            {
                ParentHash = ParentHash,
                UnclesHash = BlockHeader.UnclesHashOf([]),
                Beneficiary = FeeRecipient,
                StateRoot = StateRoot,
                TransactionsRoot = BodyRoots.Of(transactions),
                ReceiptsRoot = ReceiptsRoot,
                LogsBloom = LogsBloom,
                Number = BlockNumber,
                GasLimit = GasLimit,
                GasUsed = GasUsed,
                Timestamp = Timestamp,
                ExtraData = ExtraData,
                MixHash = PrevRandao,
                BaseFeePerGas = BaseFeePerGas,
                WithdrawalsRoot = Withdrawals is null ? null : BodyRoots.Of(Withdrawals),
                BlobGasUsed = BlobGasUsed,
                ExcessBlobGas = ExcessBlobGas,
                ParentBeaconBlockRoot = parentBeaconBlockRoot,
                RequestsHash = requests?.ComputeHash(),
            }.ToHeader(),
            Transactions = transactions,
            Withdrawals = Withdrawals,
        };
}
