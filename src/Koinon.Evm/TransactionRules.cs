using Koinon.Evm.Forks;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Evm;

/// <summary>Whether a transaction may be executed, as far as the transaction, the fork and the block tell.</summary>
/// <remarks>What the sender's account has to say (nonce, balance, code) is looked at by the executor. The order of the
/// checks is that of the execution specifications, so that of several faults the same one is named.</remarks>
public static class TransactionRules
{
    private const byte VersionOfKzg = 1;

    /// <summary>The first rule that a transaction breaks.</summary>
    /// <param name="transaction">A decoded transaction.</param>
    /// <param name="fork">The fork's rules.</param>
    /// <param name="block">The block it would stand in.</param>
    /// <param name="limits">What is left in that block.</param>
    /// <param name="detail">What was found and what would be right.</param>
    public static TransactionError Check(
        Transaction transaction, Fork fork, BlockEnvironment block, in ExecutionLimits limits, out string? detail)
    {
        TransactionError error = CheckType(transaction, fork, out detail);
        error = error != TransactionError.None ? error : CheckChain(transaction, block.ChainId, out detail);
        error = error != TransactionError.None ? error : CheckGas(transaction, fork, limits, out detail);

        // Of a gas limit and a fee that are both too low, the reference tests name the fee; of all other pairs the gas.
        if (error is TransactionError.None or TransactionError.IntrinsicGasTooLow)
        {
            TransactionError fees = CheckFees(transaction, fork, block, limits, out string? feeDetail);
            (error, detail) = fees == TransactionError.None ? (error, detail) : (fees, feeDetail);
        }

        error = error != TransactionError.None || transaction.Type != TransactionType.Blob
            ? error
            : CheckBlobs(transaction, fork, block, limits, out detail);
        return error != TransactionError.None || transaction.Type != TransactionType.SetCode
            ? error
            : CheckAuthorizations(transaction, out detail);
    }

    /// <summary>Whether a fork takes a transaction's signature, and who sent it.</summary>
    /// <param name="transaction">A decoded transaction.</param>
    /// <param name="fork">
    /// The fork's rules: low s (EIP-2), replay protection (EIP-155), whether it needs a signature at all.
    /// </param>
    /// <param name="chainId">The chain that it must be signed for, if it names one.</param>
    /// <param name="sender">The sender where it does.</param>
    /// <param name="detail">What was found and what would be right, where it does not.</param>
    public static TransactionError CheckSignature(
        Transaction transaction, Fork fork, in UInt256 chainId, out Address sender, out string? detail)
    {
        sender = default;
        TransactionError error = CheckType(transaction, fork, out detail);
        error = error == TransactionError.None ? CheckV(transaction, fork, out detail) : error;
        error = error == TransactionError.None ? CheckChain(transaction, chainId, out detail) : error;
        if (error == TransactionError.None)
        {
            detail = fork.RequiresLowS && !transaction.HasLowS ? "s is above half the group's order"
                : transaction.IsUnsigned && !fork.AllowsUnsigned ? "s is 0: no one signed it"
                : transaction.TryGetSender(out sender) ? null
                : "no key fits the signature";
            error = detail is null ? TransactionError.None : TransactionError.SignatureInvalid;
        }

        return error;
    }

    /// <summary>Wei a unit of gas that a transaction pays (EIP-1559).</summary>
    public static UInt256 EffectiveGasPrice(Transaction transaction, Fork fork, in UInt256 baseFee)
    {
        if (!fork.HasBaseFee || transaction.Type < TransactionType.DynamicFee)
        {
            return transaction.MaxFeePerGas;
        }

        bool overflows = UInt256.AddOverflow(baseFee, transaction.MaxPriorityFeePerGas, out UInt256 wanted);
        return overflows || wanted > transaction.MaxFeePerGas ? transaction.MaxFeePerGas : wanted;
    }

    /// <summary>Blob gas that a transaction uses (EIP-4844).</summary>
    public static ulong BlobGas(Transaction transaction, Fork fork) =>
        (ulong)transaction.BlobVersionedHashes.Count * fork.Gas.Blob;

    private static TransactionError CheckType(Transaction transaction, Fork fork, out string? detail)
    {
        bool isKnown = transaction.Type <= fork.TransactionTypeMax;
        detail = isKnown
            ? null
            : $"type {(int)transaction.Type}, {fork.Name} knows types up to {(int)fork.TransactionTypeMax}";
        return isKnown ? TransactionError.None : TransactionError.TypeNotSupported;
    }

    // A legacy signature's v is 27 or 28, or names the chain (EIP-155). Where chains can be named, any other from 2 on
    // names a wrong one: so the reference clients.
    private static TransactionError CheckV(Transaction transaction, Fork fork, out string? detail)
    {
        detail = null;
        if (transaction.Type != TransactionType.Legacy || transaction.Signature is not { } signature)
        {
            return TransactionError.None;
        }

        bool isPlain = signature.V == 27u || signature.V == 28u;
        if (isPlain || (transaction.ChainId is not null && fork.AllowsReplayProtection))
        {
            return TransactionError.None;
        }

        detail = $"v is {signature.V}: neither 27 nor 28, nor one that names a chain under {fork.Name}";
        return fork.AllowsReplayProtection && signature.V > 1u ? TransactionError.ChainIdMismatch
            : TransactionError.SignatureInvalid;
    }

    private static TransactionError CheckChain(Transaction transaction, in UInt256 expected, out string? detail)
    {
        detail = null;
        if (transaction.ChainId is { } chainId && chainId != expected)
        {
            detail = $"chain id {chainId}, this chain's is {expected}";
            return TransactionError.ChainIdMismatch;
        }

        return TransactionError.None;
    }

    private static TransactionError CheckGas(
        Transaction transaction, Fork fork, in ExecutionLimits limits, out string? detail)
    {
        IntrinsicGas intrinsic = IntrinsicGas.Of(transaction, fork);
        detail = null;
        if (transaction.GasLimit < intrinsic.Total)
        {
            detail = $"gas limit {transaction.GasLimit}, at least {intrinsic.Total} is needed";
            return TransactionError.IntrinsicGasTooLow;
        }

        if (transaction.GasLimit < intrinsic.Floor)
        {
            detail = $"gas limit {transaction.GasLimit}, its data need at least {intrinsic.Floor}";
            return TransactionError.GasBelowFloor;
        }

        if (transaction.Nonce == ulong.MaxValue && !limits.IsLenient)
        {
            detail = $"nonce {transaction.Nonce}, none may follow it";
            return TransactionError.NonceMaximum;
        }

        if (transaction.IsCreation && transaction.Data.Length > fork.InitCodeSizeMax)
        {
            detail =
                $"initialisation code of {transaction.Data.Length} bytes, at most {fork.InitCodeSizeMax} are allowed";
            return TransactionError.InitCodeTooLarge;
        }

        if (transaction.GasLimit > fork.TransactionGasMax && !limits.IsSimulation)
        {
            detail = $"gas limit {transaction.GasLimit}, at most {fork.TransactionGasMax} is allowed";
            return TransactionError.GasLimitAboveMaximum;
        }

        if (transaction.GasLimit > limits.GasAvailable)
        {
            detail = $"gas limit {transaction.GasLimit}, the block has {limits.GasAvailable} left";
            return TransactionError.GasAllowanceExceeded;
        }

        ulong blobGas = BlobGas(transaction, fork);
        if (blobGas > limits.BlobGasAvailable)
        {
            detail = $"blob gas {blobGas}, the block has {limits.BlobGasAvailable} left";
            return TransactionError.BlobGasAllowanceExceeded;
        }

        return TransactionError.None;
    }

    private static TransactionError CheckFees(
        Transaction transaction, Fork fork, BlockEnvironment block, in ExecutionLimits limits, out string? detail)
    {
        detail = null;
        if (transaction.MaxPriorityFeePerGas > transaction.MaxFeePerGas)
        {
            detail = $"priority fee {transaction.MaxPriorityFeePerGas}, highest fee {transaction.MaxFeePerGas}";
            return TransactionError.PriorityAboveMaximumFee;
        }

        if (UInt256.MultiplyOverflow(transaction.GasLimit, transaction.MaxFeePerGas, out _))
        {
            detail = $"gas limit {transaction.GasLimit} at a fee of {transaction.MaxFeePerGas} is over 2^256-1 wei";
            return TransactionError.GasPriceProductOverflow;
        }

        bool asksForFree = limits.IsLenient && transaction.MaxFeePerGas.IsZero;
        if (fork.HasBaseFee && transaction.MaxFeePerGas < block.BaseFee && !asksForFree)
        {
            detail = $"highest fee {transaction.MaxFeePerGas}, the block's base fee is {block.BaseFee}";
            return TransactionError.FeeBelowBaseFee;
        }

        return TransactionError.None;
    }

    private static TransactionError CheckBlobs(
        Transaction transaction, Fork fork, BlockEnvironment block, in ExecutionLimits limits, out string? detail)
    {
        detail = null;
        int count = transaction.BlobVersionedHashes.Count;
        if (transaction.IsCreation)
        {
            detail = "a blob transaction needs a recipient";
            return TransactionError.BlobCreation;
        }

        if (count == 0)
        {
            detail = "a blob transaction needs at least one blob";
            return TransactionError.BlobsMissing;
        }

        if (count > fork.TransactionBlobsMax)
        {
            detail = $"{count} blobs, at most {fork.TransactionBlobsMax} are allowed";
            return TransactionError.BlobCountExceeded;
        }

        foreach (Hash256 hash in transaction.BlobVersionedHashes)
        {
            if (Hash256.AsSpan(hash)[0] != VersionOfKzg)
            {
                detail = $"versioned hash {hash}, its first byte must be {VersionOfKzg}";
                return TransactionError.BlobVersionedHashInvalid;
            }
        }

        bool asksForFree = limits.IsLenient && transaction.MaxFeePerBlobGas.IsZero;
        if (transaction.MaxFeePerBlobGas < block.BlobBaseFee && !asksForFree)
        {
            detail = $"highest blob fee {transaction.MaxFeePerBlobGas}, the block's is {block.BlobBaseFee}";
            return TransactionError.BlobFeeBelowBaseFee;
        }

        return TransactionError.None;
    }

    private static TransactionError CheckAuthorizations(Transaction transaction, out string? detail)
    {
        detail = transaction.IsCreation ? "a set-code transaction needs a recipient"
            : transaction.AuthorizationList.Count == 0 ? "a set-code transaction needs at least one authorization"
            : null;
        return transaction.IsCreation ? TransactionError.AuthorizationCreation
            : transaction.AuthorizationList.Count == 0 ? TransactionError.AuthorizationsMissing
            : TransactionError.None;
    }
}
