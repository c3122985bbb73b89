using Koinon.Crypto;

namespace Koinon.Evm.Precompiles;

/// <summary>Whether a product of pairings on BLS12-381 is one (EIP-2537).</summary>
internal sealed class Bls12PairingCheck() : Precompile("BLS12_PAIRING_CHECK", 0x0f)
{
    private const int PairLength = 384;

    public override long Gas(ReadOnlySpan<byte> input) => 37_700 + (32_600L * (input.Length / PairLength));

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => 32;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        written = 0;
        if (input.IsEmpty || input.Length % PairLength != 0 || !Bls12381.TryPairing(input, out bool isOne))
        {
            return false;
        }

        output[..32].Clear();
        output[31] = isOne ? (byte)1 : (byte)0;
        written = 32;
        return true;
    }
}
