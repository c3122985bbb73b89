using Koinon.Primitives.Rlp;

namespace Koinon.Primitives.Transactions;

// Encoding: what a block holds, what is signed, what travels with a sidecar.
public sealed partial class Transaction
{
    /// <summary>Writes the encoding that a block's root is of: type and payload, or the legacy list.</summary>
    public void EncodeTo(ref RlpWriter writer) => writer.WriteRaw(Encoded.Span);

    /// <summary>Writes the transaction as an item of a list: a typed one is wrapped into a string.</summary>
    public void EncodeAsItemTo(ref RlpWriter writer)
    {
        if (Type != TransactionType.Legacy)
        {
            writer.WriteStringHeader(Encoded.Length);
        }

        writer.WriteRaw(Encoded.Span);
    }

    /// <summary>Writes the form in which nodes pass it on: with its sidecar where it has one.</summary>
    public void EncodeNetworkFormTo(ref RlpWriter writer)
    {
        if (Sidecar is not { } sidecar)
        {
            EncodeTo(ref writer);
            return;
        }

        writer.WriteRaw([(byte)Type]);
        int wrapper = writer.BeginList();
        writer.WriteRaw(Encoded.Span[1..]);
        if (sidecar.Version != 0)
        {
            writer.Write((ulong)sidecar.Version);
        }

        WriteStrings(ref writer, sidecar.Blobs);
        WriteStrings(ref writer, sidecar.Commitments);
        WriteStrings(ref writer, sidecar.Proofs);
        writer.EndList(wrapper);
    }

    /// <summary>Length of <see cref="EncodeAsItemTo"/>'s result.</summary>
    internal int ItemLength =>
        Encoded.Length + (Type == TransactionType.Legacy ? 0 : RlpWriter.HeaderLength(Encoded.Length));

    private static void WriteStrings(ref RlpWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> strings)
    {
        int list = writer.BeginList();
        for (int i = 0; i < strings.Count; i++)
        {
            writer.Write(strings[i].Span);
        }

        writer.EndList(list);
    }

    private byte[] Encode()
    {
        RlpWriter writer = new(stackalloc byte[512]);
        WritePayload(ref writer, forSigning: false);
        byte[] encoded = writer.Written.ToArray();
        writer.Dispose();
        return encoded;
    }

    private void WritePayload(ref RlpWriter writer, bool forSigning)
    {
        if (Type == TransactionType.Legacy)
        {
            WriteLegacy(ref writer, forSigning);
            return;
        }

        writer.WriteRaw([(byte)Type]);
        int list = writer.BeginList();
        writer.Write(ChainId ?? UInt256.Zero);
        writer.Write(Nonce);
        if (Type != TransactionType.AccessList)
        {
            writer.Write(MaxPriorityFeePerGas);
        }

        writer.Write(MaxFeePerGas);
        WriteCall(ref writer);
        WriteAccessList(ref writer);
        if (Type == TransactionType.Blob)
        {
            writer.Write(MaxFeePerBlobGas);
            writer.WriteListHeader(BlobVersionedHashes.Count * (1 + Hash256.Size));
            for (int i = 0; i < BlobVersionedHashes.Count; i++)
            {
                writer.Write(BlobVersionedHashes[i]);
            }
        }

        if (Type == TransactionType.SetCode)
        {
            int authorizations = writer.BeginList();
            for (int i = 0; i < AuthorizationList.Count; i++)
            {
                AuthorizationList[i].EncodeTo(ref writer);
            }

            writer.EndList(authorizations);
        }

        if (!forSigning)
        {
            WriteSignature(ref writer);
        }

        writer.EndList(list);
    }

    private void WriteLegacy(ref RlpWriter writer, bool forSigning)
    {
        int list = writer.BeginList();
        writer.Write(Nonce);
        writer.Write(MaxFeePerGas);
        WriteCall(ref writer);
        if (!forSigning)
        {
            WriteSignature(ref writer);
        }
        else if (ChainId is { } chainId)
        {
            // EIP-155: the chain id in v's place, r and s zero.
            writer.Write(chainId);
            writer.Write(0UL);
            writer.Write(0UL);
        }

        writer.EndList(list);
    }

    private void WriteCall(ref RlpWriter writer)
    {
        writer.Write(GasLimit);
        writer.Write(To);
        writer.Write(Value);
        writer.Write(Data.Span);
    }

    private void WriteAccessList(ref RlpWriter writer)
    {
        int list = writer.BeginList();
        for (int i = 0; i < AccessList.Count; i++)
        {
            AccessListEntry entry = AccessList[i];
            int slotsLength = entry.Slots.Count * (1 + UInt256.Size);
            writer.WriteListHeader(1 + Address.Size + RlpWriter.HeaderLength(slotsLength) + slotsLength);
            writer.Write(entry.Address);
            writer.WriteListHeader(slotsLength);
            for (int j = 0; j < entry.Slots.Count; j++)
            {
                writer.WriteWord(entry.Slots[j]);
            }
        }

        writer.EndList(list);
    }

    private void WriteSignature(ref RlpWriter writer)
    {
        TransactionSignature signature = Signature ?? default;
        writer.Write(signature.V);
        writer.Write(signature.R);
        writer.Write(signature.S);
    }
}
