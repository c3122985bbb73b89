using Koinon.Evm.Forks;
using Koinon.Evm.Precompiles;

namespace Koinon.Evm.Tests.Precompiles;

/// <summary>Every precompile of every fork under mutated input: no exception, the output within its bound, both
/// verdicts reached.</summary>
public sealed class PrecompileFuzzTests(ITestOutputHelper output)
{
    // What one run may cost: dearer inputs are priced only, as the EVM would refuse them.
    private const long GasMax = 3_000_000;

    // Full numbers of mutated inputs; the ordinary run takes a tenth. Those that cost a pairing get few.
    public static TheoryData<string, int> Counts => new()
    {
        { "ECREC", 20_000 },
        { "SHA256", 40_000 },
        { "RIPEMD160", 40_000 },
        { "ID", 40_000 },
        { "MODEXP", 40_000 },
        { "BN254_ADD", 40_000 },
        { "BN254_MUL", 10_000 },
        { "BN254_PAIRING", 400 },
        { "BLAKE2F", 40_000 },
        { "KZG_POINT_EVALUATION", 400 },
        { "BLS12_G1ADD", 20_000 },
        { "BLS12_G1MSM", 2_000 },
        { "BLS12_G2ADD", 20_000 },
        { "BLS12_G2MSM", 1_000 },
        { "BLS12_PAIRING_CHECK", 400 },
        { "BLS12_MAP_FP_TO_G1", 4_000 },
        { "BLS12_MAP_FP2_TO_G2", 2_000 },
        { "P256VERIFY", 10_000 },
    };

    // Never refused: their failure is no output, or they take any input.
    private static readonly string[] NeverRefuse = ["ECREC", "SHA256", "RIPEMD160", "ID", "P256VERIFY", "MODEXP"];

    [Theory]
    [MemberData(nameof(Counts))]
    public void TryRun_UnderMutation_NeverThrows(string name, int full)
    {
        Precompile[] versions = [.. ForkList.All.SelectMany(fork => fork.Precompiles.All).Where(p => p.Name == name)
            .Distinct()];
        Assert.NotEmpty(versions);
        byte[][] samples = PrecompileSamples.Of(name);
        Assert.All(samples, sample => Assert.All(versions, version => Assert.True(Run(version, sample), name)));
        int count = Environment.GetEnvironmentVariable("KOINON_SOAK") == "1" ? full : full / 10;
        var random = new Random(20_261_121);
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] sample = samples[random.Next(samples.Length)];
            byte[] input = i % 8 == 7 ? Noise(random) : Mutate(sample, random);
            foreach (Precompile version in versions)
            {
                if (Run(version, input))
                {
                    accepted++;
                }
                else
                {
                    refused++;
                }
            }
        }

        output.WriteLine($"{name}: {accepted} accepted, {refused} refused");
        Assert.True(accepted > 0, $"{name} accepted nothing");
        Assert.True(refused > 0 || NeverRefuse.Contains(name), $"{name} refused nothing");
    }

    private static bool Run(Precompile precompile, byte[] input)
    {
        long gas = precompile.Gas(input);
        Assert.True(gas >= 0, $"{precompile.Name} asks for {gas} gas");
        if (gas > GasMax)
        {
            return false;
        }

        int bound = precompile.OutputLengthMax(input);
        byte[] result = new byte[bound + 1];
        result[bound] = 0x5a;
        bool ok = precompile.TryRun(input, result.AsSpan(0, bound), out int written);
        Assert.InRange(written, 0, bound);
        Assert.Equal(0x5a, result[bound]);
        return ok;
    }

    private static byte[] Mutate(byte[] sample, Random random)
    {
        byte[] input = [.. sample];
        int at = random.Next(input.Length + 1);
        int word = Math.Min(at / 32 * 32, Math.Max(0, input.Length - 32));
        int length = Math.Min(32, input.Length - word);
        switch (random.Next(8))
        {
            case 0:
                return input[..at];
            case 1:
                return [.. input, .. Noise(random)];
            case 2:
                input.AsSpan(word, length).Fill((byte)(random.Next(2) * 255));
                return input;
            case 3:
                random.NextBytes(input.AsSpan(word, length));
                return input;
            case 4:
                input.AsSpan(word, length).Reverse();
                return input;
            case 5:
                return [.. input[word..], .. input[..word]];
            case 6:
                return [.. input, .. input];
            default:
                if (at < input.Length)
                {
                    input[at] ^= (byte)(1 << random.Next(8));
                }

                return input;
        }
    }

    private static byte[] Noise(Random random)
    {
        byte[] bytes = new byte[random.Next(400)];
        random.NextBytes(bytes);
        return bytes;
    }
}
