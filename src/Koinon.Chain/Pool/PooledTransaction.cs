using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Pool;

/// <summary>A transaction that waits in the pool.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="Sequence">Counts what the pool took, from 0: who came first goes first among equals.</param>
public sealed record PooledTransaction(Transaction Transaction, Address Sender, ulong Sequence)
{
    /// <summary>The most it may cost its sender: value, gas and blob gas at their highest price, in wei.</summary>
    internal UInt256 Cost { get; init; }

    /// <summary>Bytes of its encoding, blobs not counted.</summary>
    internal int SizeBytes => Transaction.Encoded.Length;

    /// <summary>Whether it carries blobs.</summary>
    internal bool HasBlobs => Transaction.Type == TransactionType.Blob;

    /// <summary>What a unit of its gas brings the author of a block.</summary>
    /// <param name="baseFee">The block's base fee.</param>
    /// <returns>In wei; zero where it does not pay the base fee.</returns>
    public UInt256 TipAt(in UInt256 baseFee)
    {
        if (UInt256.SubtractUnderflow(Transaction.MaxFeePerGas, baseFee, out UInt256 most))
        {
            return UInt256.Zero;
        }

        return most < Transaction.MaxPriorityFeePerGas ? most : Transaction.MaxPriorityFeePerGas;
    }
}
