using Koinon.Primitives.Rlp;

namespace Koinon.Primitives.Transactions;

// What stands behind the body in network form.
internal ref partial struct TransactionDecoder
{
    private bool TryReadSidecar(scoped ref RlpReader wrapper, out BlobSidecar? sidecar)
    {
        sidecar = null;
        byte version = 0;
        if (!wrapper.IsListNext && !wrapper.IsEmpty)
        {
            if (!Check(wrapper.ReadByte(out version), TransactionField.WrapperVersion))
            {
                return false;
            }

            // Version 0 is the form without the byte.
            if (version != 1)
            {
                return Fail(TransactionDecodeReason.SidecarVersionUnknown, TransactionField.WrapperVersion);
            }
        }

        if (!Strings(ref wrapper, TransactionField.Blobs, BlobSidecar.BlobSize, out var blobs)
            || !Strings(ref wrapper, TransactionField.Commitments, BlobSidecar.CommitmentSize, out var commitments)
            || !Strings(ref wrapper, TransactionField.Proofs, BlobSidecar.ProofSize, out var proofs)
            || !Check(wrapper.End(), TransactionField.Wrapper))
        {
            return false;
        }

        if (commitments.Length != blobs.Length)
        {
            return Fail(TransactionDecodeReason.SidecarCountMismatch, TransactionField.Commitments);
        }

        if (proofs.Length != (long)blobs.Length * BlobSidecar.ProofsPerBlob(version))
        {
            return Fail(TransactionDecodeReason.SidecarCountMismatch, TransactionField.Proofs);
        }

        sidecar = new BlobSidecar { Version = version, Blobs = blobs, Commitments = commitments, Proofs = proofs };
        return true;
    }

    private bool Strings(
        scoped ref RlpReader wrapper, TransactionField field, int length, out ReadOnlyMemory<byte>[] strings)
    {
        strings = [];
        if (!TryReadListOf(ref wrapper, field, out RlpReader list, out int count))
        {
            return false;
        }

        strings = MakeArray<ReadOnlyMemory<byte>>(list, count, RlpWriter.HeaderLength(length) + length);
        for (int i = 0; i < count; i++)
        {
            if (!Check(list.ReadExact(length, out _), field))
            {
                return false;
            }

            strings[i] = _bytes.Slice(1 + list.Offset - length, length);
        }

        return true;
    }
}
