using System.Reflection;
using System.Runtime.InteropServices;

namespace Koinon.Cli;

/// <summary>Which program this is.</summary>
internal static class ProgramVersion
{
    /// <summary>What a node says it is, as in <c>koinon/v0.1.0/linux-x64/dotnet10.0.0</c>.</summary>
    public static string Client =>
        $"koinon/v{Number}/{RuntimeInformation.RuntimeIdentifier}/dotnet{Environment.Version}";

    /// <summary>The number alone, as in <c>v0.1.0</c>.</summary>
    public static string Short => $"v{Informational.Split('+')[0]}";

    /// <summary>The first four bytes of the commit that it was built from; zeros where that is not known.</summary>
    public static byte[] Commit
    {
        get
        {
            string commit = Informational.Contains('+', StringComparison.Ordinal) ? Informational.Split('+')[1] : "";
            bool isHex = commit.Length >= 8 && commit[..8].All(char.IsAsciiHexDigit);
            return isHex ? Convert.FromHexString(commit[..8]) : new byte[4];
        }
    }

    private static string Informational => typeof(ProgramVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    private static string Number
    {
        get
        {
            string version = Informational;
            int commit = version.IndexOf('+', StringComparison.Ordinal);
            return commit < 0 ? version : version[..Math.Min(version.Length, commit + 9)];
        }
    }
}
