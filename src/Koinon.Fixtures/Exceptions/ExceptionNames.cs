using System.Collections.Frozen;

namespace Koinon.Fixtures.Exceptions;

/// <summary>What the names of refusals in official tests stand for, of every generation of tests.</summary>
/// <remarks>
/// Two tables, reviewed by hand: <see cref="CurrentExceptionNames"/> as EEST spells them, one refusal each, and
/// <see cref="OlderExceptionNames"/>, whose names are coarser. A name that neither has matches nothing.
/// </remarks>
public static class ExceptionNames
{
    private static readonly FrozenDictionary<string, RefusalPattern[]> Names = Join();

    /// <summary>Whether a refusal is one that a test asks for.</summary>
    /// <param name="expected">A name, or several joined by <c>|</c> of which any will do.</param>
    /// <param name="refusal">What Koinon said.</param>
    /// <returns>What is wrong, or <see langword="null"/> where the reason is right.</returns>
    public static string? Compare(string expected, in Refusal refusal)
    {
        bool matches = false;
        foreach (string part in expected.Split('|', StringSplitOptions.TrimEntries))
        {
            if (!Names.TryGetValue(part, out RefusalPattern[]? patterns))
            {
                return $"the exception '{part}' is in no table of this runner\nexpected {expected}\nactual   {refusal}";
            }

            foreach (RefusalPattern pattern in patterns)
            {
                matches |= pattern.Matches(refusal);
            }
        }

        return matches ? null : $"refused for another reason, or not at all\nexpected {expected}\nactual   {refusal}";
    }

    /// <summary>Whether a name is in a table.</summary>
    internal static bool IsKnown(string name) => Names.ContainsKey(name);

    private static FrozenDictionary<string, RefusalPattern[]> Join()
    {
        Dictionary<string, RefusalPattern[]> names = new(StringComparer.Ordinal);
        foreach ((string name, RefusalPattern[] patterns) in CurrentExceptionNames.Table)
        {
            names.Add(name, patterns);
        }

        foreach ((string name, RefusalPattern[] patterns) in OlderExceptionNames.Table)
        {
            names.Add(name, patterns);
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
