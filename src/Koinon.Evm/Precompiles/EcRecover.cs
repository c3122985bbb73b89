using Koinon.Crypto;

namespace Koinon.Evm.Precompiles;

/// <summary>The address that signed a hash (yellow paper, appendix E): input hash, v, r, s; no output where there is
/// none.</summary>
internal sealed class EcRecover() : Precompile("ECREC", 1)
{
    public override long Gas(ReadOnlySpan<byte> input) => 3_000;

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => 32;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        Span<byte> padded = stackalloc byte[128];
        Span<byte> publicKey = stackalloc byte[64];
        CopyPadded(input, padded);
        written = 0;
        bool known = padded[32..63].IndexOfAnyExcept((byte)0) < 0 && padded[63] is 27 or 28;
        if (known && Secp256k1.TryRecover(padded[..32], padded[64..96], padded[96..], padded[63] - 27, publicKey))
        {
            Keccak256.Hash(publicKey, output[..32]);
            output[..12].Clear();
            written = 32;
        }

        return true;
    }
}
