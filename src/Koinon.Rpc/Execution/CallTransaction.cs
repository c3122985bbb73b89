using Koinon.Evm.Forks;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Execution;

/// <summary>Makes the transaction that a call object describes.</summary>
internal static class CallTransaction
{
    /// <summary>The transaction, not signed.</summary>
    /// <param name="request">The call object.</param>
    /// <param name="fork">The rules: a call object that says nothing of fees takes the newest type they know.</param>
    /// <param name="chainId">The chain.</param>
    /// <param name="nonce">The nonce where the call object names none.</param>
    /// <param name="gas">The gas limit.</param>
    public static Transaction Of(CallRequest request, Fork fork, in UInt256 chainId, ulong nonce, ulong gas)
    {
        TransactionType type = TypeOf(request, fork);
        return new Transaction
        {
            Type = type,
            ChainId = type == TransactionType.Legacy ? null : chainId,
            Nonce = request.Nonce ?? nonce,
            GasLimit = gas,
            MaxFeePerGas = request.GasPrice ?? request.MaxFeePerGas ?? request.MaxPriorityFeePerGas ?? UInt256.Zero,
            MaxPriorityFeePerGas = request.GasPrice ?? request.MaxPriorityFeePerGas ?? UInt256.Zero,
            To = request.To,
            Value = request.Value ?? UInt256.Zero,
            Data = request.Input,
            AccessList = type == TransactionType.Legacy ? [] : request.AccessList ?? [],
            MaxFeePerBlobGas = request.MaxFeePerBlobGas ?? UInt256.Zero,
            BlobVersionedHashes = request.BlobVersionedHashes ?? [],
            Sidecar = type == TransactionType.Blob ? request.Sidecar : null,
            AuthorizationList = request.AuthorizationList ?? [],
        };
    }

    private static TransactionType TypeOf(CallRequest request, Fork fork)
    {
        if (request.AuthorizationList is { Count: > 0 })
        {
            return TransactionType.SetCode;
        }

        if (request.BlobVersionedHashes is { Count: > 0 })
        {
            return TransactionType.Blob;
        }

        bool namesTip = (request.MaxFeePerGas ?? request.MaxPriorityFeePerGas) is not null;
        if (request.GasPrice is null && (namesTip || fork.TransactionTypeMax >= TransactionType.DynamicFee))
        {
            return TransactionType.DynamicFee;
        }

        return request.AccessList is null ? TransactionType.Legacy : TransactionType.AccessList;
    }
}
