using BenchmarkDotNet.Attributes;
using Koinon.Crypto;

namespace Koinon.Benchmarks.Crypto;

/// <summary>KZG: the precompile's point evaluation, blobs, and the 128 cells of one blob in a batch.</summary>
public class KzgBenchmarks
{
    private readonly byte[] _blob = new byte[Kzg.BlobBytes];
    private readonly byte[] _commitment = new byte[Kzg.CommitmentBytes];
    private readonly byte[] _blobProof = new byte[Kzg.ProofBytes];
    private readonly byte[] _z = new byte[32];
    private readonly byte[] _y = new byte[32];
    private readonly byte[] _proof = new byte[Kzg.ProofBytes];
    private readonly byte[] _cells = new byte[Kzg.CellsPerBlob * Kzg.CellBytes];
    private readonly byte[] _cellProofs = new byte[Kzg.CellsPerBlob * Kzg.ProofBytes];
    private readonly byte[] _commitments = new byte[Kzg.CellsPerBlob * Kzg.CommitmentBytes];
    private readonly int[] _indices = new int[Kzg.CellsPerBlob];

    [GlobalSetup]
    public void Setup()
    {
        new Random(1).NextBytes(_blob);
        for (int i = 0; i < _blob.Length; i += 32) _blob[i] &= 0x3f;
        _z[7] = 5;
        Kzg.TryComputeCommitment(_blob, _commitment);
        Kzg.TryComputeBlobProof(_blob, _commitment, _blobProof);
        Kzg.TryComputeProof(_blob, _z, _proof, _y);
        Kzg.TryComputeCellsAndProofs(_blob, _cells, _cellProofs);
        for (int i = 0; i < _indices.Length; i++)
        {
            _indices[i] = i;
            _commitment.CopyTo(_commitments, i * Kzg.CommitmentBytes);
        }
    }

    [Benchmark(Baseline = true)]
    public bool PointEvaluation() => Kzg.VerifyProof(_commitment, _z, _y, _proof);

    [Benchmark]
    public bool Commitment() => Kzg.TryComputeCommitment(_blob, _commitment);

    [Benchmark]
    public bool BlobProofCheck() => Kzg.VerifyBlobProof(_blob, _commitment, _blobProof);

    [Benchmark]
    public bool Cells() => Kzg.TryComputeCells(_blob, _cells);

    [Benchmark]
    public bool CellProofCheckOf128() => Kzg.VerifyCellProofBatch(_commitments, _indices, _cells, _cellProofs);
}
