namespace Koinon.ArchitectureTests;

/// <summary>What a rule found: nothing, or a failure that lists every place.</summary>
internal static class Findings
{
    /// <summary>Fails with one line for each finding.</summary>
    public static void ShouldBeNone(IEnumerable<string> findings)
    {
        string[] all = [.. findings.Distinct()];
        if (all.Length > 0)
        {
            Assert.Fail($"{all.Length} found:{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
        }
    }
}
