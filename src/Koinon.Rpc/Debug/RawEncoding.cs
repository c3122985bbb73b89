using Koinon.Primitives.Blocks;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Debug;

/// <summary>The encodings of headers, receipts and transactions as arrays of their own.</summary>
internal static class RawEncoding
{
    private const int BufferBytes = 1_024;

    /// <summary>A header's list.</summary>
    public static byte[] Of(BlockHeader header)
    {
        RlpWriter writer = new(stackalloc byte[BufferBytes]);
        header.EncodeTo(ref writer);
        byte[] encoded = writer.Written.ToArray();
        writer.Dispose();
        return encoded;
    }

    /// <summary>A receipt as the receipts' root is of it.</summary>
    public static byte[] Of(Receipt receipt)
    {
        RlpWriter writer = new(stackalloc byte[BufferBytes]);
        receipt.EncodeTo(ref writer);
        byte[] encoded = writer.Written.ToArray();
        writer.Dispose();
        return encoded;
    }

    /// <summary>The bytes of a transaction as it is sent: with its blobs, if it has any.</summary>
    public static byte[] NetworkFormOf(Transaction transaction)
    {
        RlpWriter writer = new(stackalloc byte[BufferBytes]);
        transaction.EncodeNetworkFormTo(ref writer);
        byte[] encoded = writer.Written.ToArray();
        writer.Dispose();
        return encoded;
    }
}
