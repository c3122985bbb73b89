namespace Koinon.Cli.Commands;

/// <summary>How a verb ends that could not do what it was asked.</summary>
internal static class Verb
{
    /// <summary>What was asked failed.</summary>
    public const int Failed = 1;

    /// <summary>An option or a file that was named cannot be read.</summary>
    public const int CannotRead = 2;

    /// <summary>Says why what was asked failed.</summary>
    public static int Fail(string verb, string why)
    {
        Console.Error.WriteLine($"koinon {verb}: {why}");
        return Failed;
    }

    /// <summary>Says what cannot be read.</summary>
    public static int Refuse(string verb, string why)
    {
        Console.Error.WriteLine($"koinon {verb}: {why}");
        return CannotRead;
    }
}
