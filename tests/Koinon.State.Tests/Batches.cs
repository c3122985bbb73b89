using FsCheck;
using FsCheck.Fluent;

namespace Koinon.State.Tests;

/// <summary>Random batches of random steps, shrunk by leaving out batches and steps.</summary>
internal static class Batches
{
    /// <summary>Batches of steps that a generator makes.</summary>
    internal static Arbitrary<T[][]> Of<T>(Gen<T> step) => Arb.From(step.ArrayOf().ArrayOf(), Shorter);

    /// <summary>The batches with one of them, or one step of one of them, left out.</summary>
    internal static IEnumerable<T[][]> Shorter<T>(T[][] batches)
    {
        for (int i = 0; i < batches.Length; i++)
        {
            yield return [.. batches[..i], .. batches[(i + 1)..]];
            for (int j = 0; j < batches[i].Length; j++)
            {
                yield return [.. batches[..i], [.. batches[i][..j], .. batches[i][(j + 1)..]], .. batches[(i + 1)..]];
            }
        }
    }
}
