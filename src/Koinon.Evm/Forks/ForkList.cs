using System.Diagnostics.CodeAnalysis;

namespace Koinon.Evm.Forks;

/// <summary>Every fork in order, each made from its parent.</summary>
public static class ForkList
{
    private static readonly Fork[] Forks = Build();

    /// <summary>The forks, the oldest first.</summary>
    public static IReadOnlyList<Fork> All => Forks;

    /// <summary>The newest fork.</summary>
    public static Fork Newest => Forks[^1];

    /// <summary>Finds a fork by one of its names, in any case.</summary>
    /// <param name="name">The name of the official tests (<c>EIP150</c>, <c>ConstantinopleFix</c>) or the usual one
    /// (<c>Tangerine Whistle</c>, <c>Petersburg</c>), with or without blanks.</param>
    /// <param name="fork">The fork where there is one.</param>
    public static bool TryParse(ReadOnlySpan<char> name, [NotNullWhen(true)] out Fork? fork)
    {
        string key = new string(name).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        string canonical = key switch
        {
            "TANGERINEWHISTLE" or "TANGERINE" => "EIP150",
            "SPURIOUSDRAGON" or "SPURIOUS" => "EIP158",
            "PETERSBURG" => "CONSTANTINOPLEFIX",
            "MERGE" or "THEMERGE" => "PARIS",
            _ => key,
        };
        fork = Array.Find(Forks, candidate => candidate.Name.Equals(canonical, StringComparison.OrdinalIgnoreCase));
        return fork is not null;
    }

    /// <summary>The fork of a name that the code itself writes.</summary>
    /// <exception cref="ArgumentException">There is no such fork.</exception>
    public static Fork Get(string name) =>
        TryParse(name, out Fork? fork)
            ? fork
            : throw new ArgumentException($"'{name}' is no fork; known: {string.Join(", ", Names())}.");

    private static string[] Names() => Array.ConvertAll(Forks, fork => fork.Name);

    private static Fork[] Build()
    {
        Fork fork = Frontier.Create();
        var forks = new List<Fork> { fork };
        Func<Fork, Fork>[] steps =
        [
            Homestead.From, TangerineWhistle.From, SpuriousDragon.From, Byzantium.From, Constantinople.From,
            Petersburg.From, Istanbul.From, Berlin.From, London.From, Paris.From, Shanghai.From, Cancun.From,
            Prague.From, Osaka.From,
        ];
        foreach (Func<Fork, Fork> step in steps)
        {
            fork = step(fork);
            forks.Add(fork);
        }

        return [.. forks];
    }
}
