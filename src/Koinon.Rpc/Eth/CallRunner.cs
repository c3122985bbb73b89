using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>Runs a call on the state after a block, as a transaction that leaves no trace.</summary>
/// <param name="blocks">Finds blocks.</param>
/// <remarks>The call sees the block's own number, time and author, as geth has it.</remarks>
public sealed class CallRunner(BlockLookup blocks)
{
    /// <summary>Most gas of a call, whatever it asks for (geth's default).</summary>
    public const ulong GasMax = 50_000_000;

    /// <summary>The chain that transactions are signed for.</summary>
    public UInt256 ChainId => blocks.Ledger.Genesis.Network.ChainId;

    /// <summary>Finds the block a call is to run on, with its state.</summary>
    public RpcResult<LedgerBlock> Find(in BlockReference reference)
    {
        RpcResult<LedgerBlock> found = blocks.Require(reference);
        return found.Value is { State: null } pruned
            ? RpcError.Server($"missing state: that of block {pruned.Number} is no longer kept")
            : found;
    }

    /// <summary>Runs a call.</summary>
    /// <param name="request">The call.</param>
    /// <param name="block">The block, with its state.</param>
    /// <param name="gas">The gas limit.</param>
    public TransactionOutcome Run(CallRequest request, LedgerBlock block, ulong gas)
    {
        IStateView state = block.State!;
        Address sender = request.From ?? Address.Zero;
        Ledger ledger = blocks.Ledger;
        HeaderDraft header = HeaderDraft.Of(block.Header);
        if (!request.NamesFee)
        {
            // Who names no fee pays none, and contracts see the base fee that lets them.
            header.BaseFeePerGas = header.BaseFeePerGas is null ? null : UInt256.Zero;
        }

        Ancestry? ancestry = ledger.TryGet(block.Header.ParentHash, out LedgerBlock? parent)
            ? new Ancestry(ledger, parent)
            : null;
        BlockEnvironment environment = BlockExecution.EnvironmentOf(
            ledger.Genesis.Network, block.Rules, header, block.Sealed.Author, ancestry);
        Transaction transaction = ToTransaction(request, state, sender, gas);
        ExecutionLimits limits = ExecutionLimits.None with { IsSimulation = true };
        return ledger.Executor.Transactions.Execute(
            block.Rules.Fork, environment, state, transaction, sender, limits);
    }

    private static Transaction ToTransaction(
        CallRequest request, IStateView state, in Address sender, ulong gas)
    {
        state.ReadAccount(sender, out Account account);
        bool isPlain = request.GasPrice is not null && request.AccessList is null;
        UInt256 highest = request.GasPrice ?? request.MaxFeePerGas ?? request.MaxPriorityFeePerGas ?? UInt256.Zero;
        return new Transaction
        {
            Type = isPlain ? TransactionType.Legacy : TransactionType.DynamicFee,
            Nonce = request.Nonce ?? account.Nonce,
            GasLimit = gas,
            MaxFeePerGas = highest,
            MaxPriorityFeePerGas = request.GasPrice ?? request.MaxPriorityFeePerGas ?? UInt256.Zero,
            To = request.To,
            Value = request.Value ?? UInt256.Zero,
            Data = request.Input,
            AccessList = request.AccessList ?? [],
        };
    }
}
