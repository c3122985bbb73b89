namespace Koinon.Primitives.Tests.Fuzzing;

/// <summary>One decoder under mutated and random input: what it took, what it refused, and why.</summary>
/// <remarks>
/// Nine in ten inputs come from accepted ones. A tenth of the full number runs unless the environment says
/// <c>KOINON_SOAK=1</c>. The seed is fixed, so a failure repeats.
/// </remarks>
internal sealed class DecoderFuzz
{
    /// <summary>What a decoder's function answers for input that it takes.</summary>
    public const string Accepted = "accepted";

    private const int Seed = 20250;
    private const int LearnedMost = 400;

    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Func<byte[], string> _decode;
    private readonly List<byte[]> _samples;
    private readonly List<byte[]> _learned = [];

    /// <summary>A decoder to try.</summary>
    /// <param name="samples">Encodings that it takes.</param>
    /// <param name="decode">Decodes; answers <see cref="Accepted"/> or the reason against the bytes.</param>
    public DecoderFuzz(IEnumerable<byte[]> samples, Func<byte[], string> decode)
    {
        _decode = decode;
        _samples = [.. samples];
        Assert.All(_samples, sample => Assert.Equal(Accepted, decode(sample)));
    }

    /// <summary>Runs, prints the counts, and asserts that each reason was reached and no other.</summary>
    /// <param name="name">What the counts are of.</param>
    /// <param name="fullCount">Inputs of the full run.</param>
    /// <param name="reasons">Every reason that the decoder can give.</param>
    public void Run(string name, int fullCount, IEnumerable<string> reasons)
    {
        bool full = Environment.GetEnvironmentVariable("KOINON_SOAK") == "1";
        int count = full ? fullCount : fullCount / 10;
        Random random = new(Seed);
        Mutator mutator = new(random);
        for (int i = 0; i < count; i++)
        {
            byte[] bytes = random.Next(10) == 0 ? mutator.Noise() : mutator.Mutate(Pick(random), Pick(random));
            string outcome = _decode(bytes);
            _counts[outcome] = _counts.GetValueOrDefault(outcome) + 1;
            if (outcome == Accepted && bytes.Length < 4096)
            {
                Keep(bytes, random);
            }
        }

        Print(name, count);
        Assert.Equal(reasons.Append(Accepted).Order(StringComparer.Ordinal), _counts.Keys);
    }

    // Half from the samples, so that what is easily accepted does not drive the rarer kinds out.
    private byte[] Pick(Random random)
    {
        List<byte[]> from = _learned.Count > 0 && random.Next(2) == 0 ? _learned : _samples;
        return from[random.Next(from.Count)];
    }

    // What was accepted is mutated further: so the deeper refusals are reached.
    private void Keep(byte[] bytes, Random random)
    {
        if (_learned.Count < LearnedMost)
        {
            _learned.Add(bytes);
        }
        else if (random.Next(8) == 0)
        {
            _learned[random.Next(_learned.Count)] = bytes;
        }
    }

    private void Print(string name, int count)
    {
        int accepted = _counts.GetValueOrDefault(Accepted);
        string refusals = string.Join(", ", _counts.Where(static pair => pair.Key != Accepted).Select(static pair =>
            $"{pair.Key} {pair.Value}"));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{name}: {count} inputs, {accepted} accepted, {count - accepted} refused ({refusals})");
    }
}
