using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Chain.Pool;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Development.StateEditing;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;

namespace Koinon.Rpc.Development.Manners;

/// <summary>Refuses transactions as Hardhat does, with its texts, before the pool looks at them.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="pool">What waits for a block.</param>
/// <param name="producer">Knows whether blocks are built at once: then no gap is left and no low fee waits.</param>
/// <param name="fees">Says what the next block asks.</param>
public sealed class HardhatAdmission(Ledger ledger, TransactionPool pool, BlockProducer producer, FeeOracle fees)
{
    /// <summary>Why a transaction is refused, or <see langword="null"/>.</summary>
    public RpcError? Check(Transaction transaction)
    {
        LedgerBlock head = ledger.Head;
        UInt256 chainId = ledger.Genesis.Network.ChainIdNow;
        if (transaction.ChainId is { } named && named != chainId)
        {
            return RpcError.InvalidParameters(
                $"Trying to send a raw transaction with an invalid chainId. The expected chainId is {chainId}");
        }

        if (head.State is not { } state || !transaction.TryGetSender(out Address sender))
        {
            return null;
        }

        return CheckForm(transaction)
            ?? (producer.Mode.IsAutomatic ? CheckTurn(transaction, sender) : null)
            ?? CheckReplacement(transaction, sender)
            ?? CheckGas(transaction, head)
            ?? CheckAccount(transaction, StateEditor.ReadAccount(state, sender));
    }

    /// <summary>What can be said of a transaction without looking at the chain.</summary>
    private RpcError? CheckForm(Transaction transaction)
    {
        if (transaction.MaxPriorityFeePerGas > transaction.MaxFeePerGas)
        {
            return RpcError.Server(
                $"maxPriorityFeePerGas ({transaction.MaxPriorityFeePerGas}) is bigger than maxFeePerGas "
                + $"({transaction.MaxFeePerGas})");
        }

        int? most = ledger.RulesAfter(ledger.Head).Fork.InitCodeSizeMax;
        return transaction.To is null && transaction.Data.Length > most
            ? RpcError.InvalidParameters(
                "\nTrying to send a deployment transaction whose init code length is "
                + $"{transaction.Data.Length}. The max length allowed by EIP-3860 is {most}.\n\n"
                + "Enable the 'allowUnlimitedContractSize' option to allow init codes of any length.")
            : null;
    }

    private RpcError? CheckTurn(Transaction transaction, in Address sender)
    {
        ulong expected = pool.NextNonceOf(sender);
        if (transaction.Nonce != expected)
        {
            string found = transaction.Nonce > expected ? "high" : "low";
            return RpcError.Server(
                $"Nonce too {found}. Expected nonce to be {expected} but got {transaction.Nonce}. "
                + "Note that transactions can't be queued when automining.");
        }

        UInt256 baseFee = fees.NextBaseFee();
        if (transaction.MaxFeePerGas < baseFee)
        {
            string fee = transaction.Type >= TransactionType.DynamicFee ? "maxFeePerGas" : "gasPrice";
            return RpcError.Server(
                $"Transaction {fee} ({transaction.MaxFeePerGas}) is too low for the next block, "
                + $"which has a baseFeePerGas of {baseFee}");
        }

        return null;
    }

    private RpcError? CheckReplacement(Transaction transaction, in Address sender)
    {
        if (!pool.TryGet(sender, transaction.Nonce, out PooledTransaction? former)
            || former.Transaction.Hash == transaction.Hash)
        {
            return null;
        }

        UInt256 least = Raised(former.Transaction.MaxFeePerGas);
        UInt256 leastTip = Raised(former.Transaction.MaxPriorityFeePerGas);
        bool isFeeLow = transaction.MaxFeePerGas < least;
        string fee = isFeeLow ? "gasPrice/maxFeePerGas" : "maxPriorityFeePerGas";
        return isFeeLow || transaction.MaxPriorityFeePerGas < leastTip
            ? RpcError.Server(
                $"Replacement transaction underpriced. A {fee} of at least {(isFeeLow ? least : leastTip)} is "
                + $"necessary to replace the existing transaction with nonce {transaction.Nonce}.")
            : null;
    }

    /// <summary>A tenth more, rounded up; fees that near the end of their range cannot be raised.</summary>
    private static UInt256 Raised(in UInt256 fee) =>
        fee.IsZero ? UInt256.Zero
            : UInt256.MultiplyOverflow(fee, 11u, out UInt256 eleven) ? UInt256.MaxValue
            : ((eleven - UInt256.One) / 10u) + UInt256.One;

    private RpcError? CheckGas(Transaction transaction, LedgerBlock head)
    {
        ActiveRules rules = ledger.RulesAfter(head);
        IntrinsicGas intrinsic = IntrinsicGas.Of(transaction, rules.Fork);
        ulong needed = Math.Max(intrinsic.Total, intrinsic.Floor);
        if (transaction.GasLimit < needed)
        {
            return RpcError.Server($"Transaction requires at least {needed} gas but got {transaction.GasLimit}");
        }

        if (transaction.GasLimit > rules.Fork.TransactionGasMax)
        {
            return RpcError.Server(
                $"Transaction gas limit is {transaction.GasLimit} and exceeds transaction gas cap of "
                + $"{rules.Fork.TransactionGasMax}");
        }

        ulong most = producer.Next.GasLimit ?? producer.Settings.GasLimit ?? head.Header.GasLimit;
        return transaction.GasLimit > most
            ? RpcError.Server(
                $"Transaction gas limit is {transaction.GasLimit} and exceeds block gas limit of {most}")
            : null;
    }

    private static RpcError? CheckAccount(Transaction transaction, in Account account)
    {
        if (transaction.Nonce < account.Nonce)
        {
            return RpcError.Server(
                $"Transaction nonce too low. Expected nonce to be at least {account.Nonce} but got "
                + $"{transaction.Nonce}.");
        }

        bool overflows = UInt256.MultiplyOverflow(transaction.GasLimit, transaction.MaxFeePerGas, out UInt256 cost);
        overflows |= UInt256.AddOverflow(cost, transaction.Value, out cost);
        UInt256 shown = overflows ? UInt256.MaxValue : cost;
        return overflows || cost > account.Balance
            ? RpcError.Server(
                $"Sender doesn't have enough funds to send tx. The max upfront cost is: {shown} and the sender's "
                + $"balance is: {account.Balance}.")
            : null;
    }
}
