using Koinon.Crypto;

namespace Koinon.Evm.Precompiles;

/// <summary>Whether a product of pairings on BN254 is one (EIP-197).</summary>
internal sealed class Bn254Pairing(long baseGas, long pairGas) : Precompile("BN254_PAIRING", 8)
{
    private const int PairLength = 192;

    public override long Gas(ReadOnlySpan<byte> input) => baseGas + (pairGas * (input.Length / PairLength));

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => 32;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        written = 0;
        if (input.Length % PairLength != 0 || !Bn254.TryPairing(input, out bool isOne))
        {
            return false;
        }

        output[..32].Clear();
        output[31] = isOne ? (byte)1 : (byte)0;
        written = 32;
        return true;
    }
}
