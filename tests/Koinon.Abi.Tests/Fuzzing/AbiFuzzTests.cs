using System.Buffers.Binary;
using System.Text.Json;
using Koinon.Abi.Tests.Vectors;

namespace Koinon.Abi.Tests.Fuzzing;

/// <summary>
/// The decoder under mutated call data: no exception, each reason reached, what is accepted encodes to the same bytes.
/// </summary>
/// <remarks>
/// Nine in ten inputs come from ethers' encodings. A tenth of the full number runs unless the environment says
/// <c>KOINON_SOAK=1</c>. The seed is fixed, so a failure repeats.
/// </remarks>
public sealed class AbiFuzzTests
{
    private const int FullCount = 200_000;

    private static readonly string[] Extra = ["()[]", "string", "bool", "bytes3[]", "(string,bool)[]"];

    [Theory]
    [InlineData(AbiDecodeMode.Canonical)]
    [InlineData(AbiDecodeMode.Tolerant)]
    public void TryDecode_UnderMutation_IsRefusedForEachReason(AbiDecodeMode mode)
    {
        List<(AbiSignature Signature, byte[] Data)> samples = Samples();
        int count = Environment.GetEnvironmentVariable("KOINON_SOAK") == "1" ? FullCount : FullCount / 10;
        Random random = new(7);
        SortedDictionary<AbiDecodeReason, int> counts = [];
        for (int i = 0; i < count; i++)
        {
            (AbiSignature signature, byte[] data) = samples[random.Next(samples.Count)];
            byte[] input = random.Next(10) == 0 ? Noise(random) : Mutate(data, random);
            bool decoded = signature.TryDecode(input, out AbiValue[] values, out AbiDecodeError error, mode);
            Assert.Equal(decoded, !error.IsError);
            counts[error.Reason] = counts.GetValueOrDefault(error.Reason) + 1;
            if (decoded && mode == AbiDecodeMode.Canonical)
            {
                Assert.True(signature.TryEncode(values, out byte[] again, out _));
                Assert.Equal(input, again);
            }
        }

        int accepted = counts.GetValueOrDefault(AbiDecodeReason.None);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"ABI ({mode}): {count} inputs, {accepted} accepted, {count - accepted} refused "
            + $"({string.Join(", ", counts)})");
        AbiDecodeReason[] unreachable = mode == AbiDecodeMode.Canonical
            ? []
            : [AbiDecodeReason.OffsetNotCanonical, AbiDecodeReason.TextNotUtf8, AbiDecodeReason.TrailingBytes];
        Assert.Equal(Enum.GetValues<AbiDecodeReason>().Except(unreachable), counts.Keys);
    }

    private static List<(AbiSignature Signature, byte[] Data)> Samples()
    {
        List<(AbiSignature, byte[])> samples = [];
        foreach (JsonElement vector in VectorFile.Read("abi.json"))
        {
            AbiType[] types = AbiJson.Types(vector.GetProperty("types"));
            AbiSignature signature = AbiSignature.Parse($"f({string.Join<AbiType>(',', types)})");
            Assert.True(signature.TryEncode(
                AbiJson.Values(types, vector.GetProperty("values")), out byte[] data, out _));
            samples.Add((signature, data));
        }

        foreach (string type in Extra)
        {
            AbiSignature signature = AbiSignature.Parse($"f({type})");
            AbiValue value = type switch
            {
                "string" => "Grüße",
                "bool" => true,
                "bytes3[]" => AbiValue.OfList(new byte[3], new byte[3]),
                "()[]" => AbiValue.OfList(AbiValue.OfList()),
                _ => AbiValue.OfList(AbiValue.OfList("yes", true)),
            };
            Assert.True(signature.TryEncode([value], out byte[] data, out _));
            for (int i = 0; i < 10; i++)
            {
                samples.Add((signature, data));
            }
        }

        return samples;
    }

    // Words are what the ABI is made of: most changes put another number in a word's place.
    private static byte[] Mutate(byte[] data, Random random)
    {
        byte[] changed = [.. data];
        int words = (data.Length - Selector.Size) / 32;
        Span<byte> word = words == 0 ? [] : changed.AsSpan(Selector.Size + (32 * random.Next(words)), 32);
        switch (random.Next(8))
        {
            case 0:
                return changed[..random.Next(changed.Length + 1)];
            case 1:
                return [.. changed, .. new byte[random.Next(40)]];
            case 2:
                changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
                return changed;
            case 3 when words > 0:
                word.Clear();
                word[^1] = (byte)(32 * random.Next(8));
                return changed;
            case 4 when words > 0:
                word[^1] = unchecked((byte)(word[^1] + random.Next(1, 4)));
                return changed;
            case 5 when words > 0:
                BinaryPrimitives.WriteUInt32BigEndian(word[^4..], (uint)random.Next());
                return changed;
            case 6 when words > 0:
                word.Fill(0xff);
                return changed;
            case 7 when words > 1:
                changed.AsSpan(Selector.Size + (32 * random.Next(words)), 32).CopyTo(word);
                return changed;
            default:
                return changed;
        }
    }

    private static byte[] Noise(Random random)
    {
        byte[] bytes = new byte[random.Next(140)];
        random.NextBytes(bytes);
        return bytes;
    }
}
