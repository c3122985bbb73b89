using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Koinon.Crypto.Tests.Vectors;

namespace Koinon.Crypto.Tests;

public sealed class KzgTests
{
    private static readonly byte[] Order =
        Convert.FromHexString("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");

    private static readonly byte[] Infinity = [0xc0, .. new byte[47]];

    [Fact]
    public void Commitments_OnVectors_Agree()
    {
        foreach (JsonElement vector in VectorFile.Read("kzg.json", "blobs"))
        {
            byte[] blob = Blob(vector), commitment = new byte[48], proof = new byte[48];
            Assert.True(Kzg.TryComputeCommitment(blob, commitment));
            Assert.Equal(vector.Bytes("commitment"), commitment);
            Assert.True(Kzg.TryComputeBlobProof(blob, commitment, proof));
            Assert.Equal(vector.Bytes("proof"), proof);
            Assert.True(Kzg.VerifyBlobProof(blob, commitment, proof));
        }
    }

    [Fact]
    public void TryComputeCells_OnVectors_Agrees()
    {
        foreach (JsonElement vector in VectorFile.Read("kzg.json", "blobs"))
        {
            byte[] blob = Blob(vector), cells = new byte[Kzg.CellsPerBlob * Kzg.CellBytes];
            Assert.True(Kzg.TryComputeCells(blob, cells));
            Assert.Equal(vector.Bytes("cellsHash"), SHA256.HashData(cells));
            Assert.True(blob.AsSpan().SequenceEqual(cells.AsSpan(0, blob.Length)));
        }
    }

    [Fact]
    public void TryComputeCellsAndProofs_OnVector_Agrees()
    {
        JsonElement vector = VectorFile.Read("kzg.json", "blobs").Last();
        byte[] cells = new byte[Kzg.CellsPerBlob * Kzg.CellBytes], proofs = new byte[Kzg.CellsPerBlob * 48];
        Assert.True(Kzg.TryComputeCellsAndProofs(Blob(vector), cells, proofs));
        Assert.Equal(vector.Bytes("cellsHash"), SHA256.HashData(cells));
        Assert.Equal(vector.Bytes("cellProofs"), proofs);
    }

    [Fact]
    public void VerifyCellProofBatch_OfAllVectorsAtOnce_Holds()
    {
        List<byte> commitments = [], cells = [], proofs = [];
        List<int> indices = [];
        foreach (JsonElement vector in VectorFile.Read("kzg.json", "blobs"))
        {
            byte[] own = new byte[Kzg.CellsPerBlob * Kzg.CellBytes];
            Assert.True(Kzg.TryComputeCells(Blob(vector), own));
            cells.AddRange(own);
            proofs.AddRange(vector.Bytes("cellProofs"));
            for (int i = 0; i < Kzg.CellsPerBlob; i++)
            {
                commitments.AddRange(vector.Bytes("commitment"));
                indices.Add(i);
            }
        }

        Assert.True(Kzg.VerifyCellProofBatch([.. commitments], [.. indices], [.. cells], [.. proofs]));

        // One bit of one cell, of the last blob, makes the batch fail.
        cells[^1] ^= 1;
        Assert.False(Kzg.VerifyCellProofBatch([.. commitments], [.. indices], [.. cells], [.. proofs]));
    }

    [Fact]
    public void VerifyCellProofBatch_WithAnythingExchanged_Fails()
    {
        byte[] commitment = Kzg1().Bytes("commitment"), all = new byte[Kzg.CellsPerBlob * Kzg.CellBytes];
        byte[] allProofs = Kzg1().Bytes("cellProofs");
        Assert.True(Kzg.TryComputeCells(Blob(Kzg1()), all));
        byte[] commitments = [.. commitment, .. commitment];
        byte[] cells = [.. all[(5 * 2048)..(6 * 2048)], .. all[(77 * 2048)..(78 * 2048)]];
        byte[] proofs = [.. allProofs[(5 * 48)..(6 * 48)], .. allProofs[(77 * 48)..(78 * 48)]];

        Assert.True(Kzg.VerifyCellProofBatch(commitments, [5, 77], cells, proofs));
        Assert.True(Kzg.VerifyCellProofBatch([], [], [], []));
        Assert.False(Kzg.VerifyCellProofBatch(commitments, [77, 5], cells, proofs));
        Assert.False(Kzg.VerifyCellProofBatch(commitments, [5, 78], cells, proofs));
        Assert.False(Kzg.VerifyCellProofBatch(commitments, [5, 128], cells, proofs));
        Assert.False(Kzg.VerifyCellProofBatch(commitments, [5, -1], cells, proofs));
        Assert.False(Kzg.VerifyCellProofBatch(commitments, [5], cells, proofs));
        Assert.False(Kzg.VerifyCellProofBatch(commitments, [5, 77], cells, [.. proofs[48..], .. proofs[..48]]));
        Assert.False(Kzg.VerifyCellProofBatch([.. commitment, .. Infinity], [5, 77], cells, proofs));
        Assert.False(Kzg.VerifyCellProofBatch(commitments, [5, 77], cells, [.. proofs[..48], .. Infinity]));
        Assert.False(Kzg.VerifyCellProofBatch(commitments, [5, 77], [.. cells[..^32], .. Order], proofs));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    public void TryComputeProof_AtAnyPoint_IsVerified(int seed)
    {
        byte[] z = new byte[32], y = new byte[32], proof = new byte[48];
        z[^1] = (byte)seed;
        if (seed > 1) z = [0x12, .. SHA256.HashData([(byte)seed]).AsSpan(1)];
        Assert.True(Kzg.TryComputeProof(Blob(Kzg1()), z, proof, y));
        byte[] commitment = Kzg1().Bytes("commitment");
        Assert.True(Kzg.VerifyProof(commitment, z, y, proof));

        byte[] other = (byte[])y.Clone();
        other[^1] ^= 1;
        Assert.False(Kzg.VerifyProof(commitment, z, other, proof));
        other = (byte[])z.Clone();
        other[^1] ^= 1;
        Assert.False(Kzg.VerifyProof(commitment, other, y, proof));
        Assert.False(Kzg.VerifyProof(proof, z, y, commitment));
    }

    [Fact]
    public void TryComputeProof_AtARootOfUnity_GivesTheBlobsElement()
    {
        // One is the first root: its value is the blob's first element. So is -1, the second in bit-reversed order.
        byte[] blob = Blob(Kzg1()), y = new byte[32], proof = new byte[48], one = new byte[32];
        one[^1] = 1;
        Assert.True(Kzg.TryComputeProof(blob, one, proof, y));
        Assert.Equal(blob[..32], y);
        byte[] minusOne = (byte[])Order.Clone();
        minusOne[^1] = 0;
        Assert.True(Kzg.TryComputeProof(blob, minusOne, proof, y));
        Assert.Equal(blob[32..64], y);
        Assert.True(Kzg.VerifyProof(Kzg1().Bytes("commitment"), minusOne, y, proof));
    }

    [Fact]
    public void VerifyProof_OfConstantPolynomials_TakesInfinityAsProof()
    {
        byte[] zero = new byte[32], two = new byte[32];
        two[^1] = 2;
        Assert.True(Kzg.VerifyProof(Infinity, two, zero, Infinity));
        Assert.False(Kzg.VerifyProof(Infinity, two, two, Infinity));
        JsonElement ones = VectorFile.Read("kzg.json", "blobs").ElementAt(1);
        byte[] one = new byte[32];
        one[^1] = 1;
        Assert.True(Kzg.VerifyProof(ones.Bytes("commitment"), two, one, Infinity));
        Assert.False(Kzg.VerifyProof(ones.Bytes("commitment"), two, two, Infinity));
    }

    [Fact]
    public void VerifyProof_OfMalformedInput_Fails()
    {
        byte[] zero = new byte[32], g1 = VectorFile.Read("kzg.json", "blobs").ElementAt(1).Bytes("commitment");
        byte[] one = [.. new byte[31], 1];
        Assert.True(Kzg.VerifyProof(g1, zero, one, Infinity));
        Assert.False(Kzg.VerifyProof(g1, Order, one, Infinity));
        Assert.False(Kzg.VerifyProof(g1, zero, [.. Order[..31], 2], Infinity));
        Assert.False(Kzg.VerifyProof(g1, zero, one.AsSpan(1), Infinity));
        Assert.False(Kzg.VerifyProof(g1.AsSpan(1), zero, one, Infinity));
        foreach (byte[] bad in MalformedPoints(g1))
        {
            Assert.False(Kzg.VerifyProof(bad, zero, one, Infinity));
            Assert.False(Kzg.VerifyProof(g1, zero, one, bad));
        }
    }

    [Fact]
    public void Everything_OnBlobWithElementNotBelowTheOrder_IsRefused()
    {
        byte[] blob = Blob("zeros"), output = new byte[48], cells = new byte[Kzg.CellsPerBlob * Kzg.CellBytes];
        Order.CopyTo(blob, 32 * 1234);
        Assert.False(Kzg.TryComputeCommitment(blob, output));
        Assert.False(Kzg.TryComputeBlobProof(blob, Infinity, output));
        Assert.False(Kzg.TryComputeProof(blob, new byte[32], output, new byte[32]));
        Assert.False(Kzg.TryComputeCells(blob, cells));
        Assert.False(Kzg.VerifyBlobProof(blob, Infinity, Infinity));
        Assert.False(Kzg.TryComputeCommitment(blob.AsSpan(32), output));
    }

    [Fact]
    public void VerifyBlobProof_OfAnotherBlob_Fails()
    {
        JsonElement[] blobs = [.. VectorFile.Read("kzg.json", "blobs")];
        byte[] commitment = blobs[4].Bytes("commitment"), proof = blobs[4].Bytes("proof");
        Assert.False(Kzg.VerifyBlobProof(Blob(blobs[5]), commitment, proof));
        Assert.False(Kzg.VerifyBlobProof(Blob(blobs[4]), blobs[5].Bytes("commitment"), proof));
        Assert.False(Kzg.VerifyBlobProof(Blob(blobs[4]), commitment, blobs[5].Bytes("proof")));
    }

    // The generator in forms that no point has.
    private static IEnumerable<byte[]> MalformedPoints(byte[] generator)
    {
        yield return [(byte)(generator[0] & 0x7f), .. generator.AsSpan(1)];
        yield return [(byte)(generator[0] | 0x40), .. generator.AsSpan(1)];
        yield return [0xe0, .. new byte[47]];
        yield return [0xc0, .. new byte[46], 1];
        yield return [0x40, .. new byte[47]];
        yield return new byte[48];

        // x = p, x = 1 (no y), x = 0 (y = 2, outside the group).
        yield return Convert.FromHexString(
            "9a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab");
        yield return [0x80, .. new byte[46], 1];
        yield return [0x80, .. new byte[47]];
    }

    private static JsonElement Kzg1() => VectorFile.Read("kzg.json", "blobs").ElementAt(4);

    private static byte[] Blob(JsonElement vector) => Blob(vector.GetProperty("recipe").GetString()!);

    // The recipes of make-kzg-vectors.mjs.
    private static byte[] Blob(string recipe)
    {
        byte[] blob = new byte[Kzg.BlobBytes];
        for (int i = 0; i < 4096; i++)
        {
            Span<byte> element = blob.AsSpan(32 * i, 32);
            switch (recipe)
            {
                case "zeros": break;
                case "ones": element[^1] = 1; break;
                case "last": element[^1] = (byte)(i == 4095 ? 1 : 0); break;
                case "largest":
                    Order.CopyTo(element);
                    element[^1] = 0;
                    break;
                default:
                    SHA256.HashData(Encoding.ASCII.GetBytes($"{recipe} {i}"), element);
                    element[0] &= 0x3f;
                    break;
            }
        }

        return blob;
    }
}
