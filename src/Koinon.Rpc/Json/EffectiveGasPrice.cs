using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Json;

/// <summary>The price of gas that answers show.</summary>
internal static class EffectiveGasPrice
{
    /// <summary>What a transaction pays for a unit of gas.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="baseFee">
    /// The base fee of its block; where there is none, or while it waits in the pool, the price is the highest it
    /// allows.
    /// </param>
    public static UInt256 Of(Transaction transaction, UInt256? baseFee)
    {
        if (baseFee is not { } floor || floor > transaction.MaxFeePerGas)
        {
            return transaction.MaxFeePerGas;
        }

        UInt256 room = transaction.MaxFeePerGas - floor;
        UInt256 tip = room < transaction.MaxPriorityFeePerGas ? room : transaction.MaxPriorityFeePerGas;

        // At most the highest fee: no overflow.
        return floor + tip;
    }
}
