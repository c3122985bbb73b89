using System.Reflection;
using System.Runtime.InteropServices;

namespace Koinon.Cli;

/// <summary>Which program this is.</summary>
internal static class ProgramVersion
{
    /// <summary>What a node says it is, as in <c>koinon/v0.1.0/linux-x64/dotnet10.0.0</c>.</summary>
    public static string Client =>
        $"koinon/v{Number}/{RuntimeInformation.RuntimeIdentifier}/dotnet{Environment.Version}";

    private static string Number
    {
        get
        {
            string version = typeof(ProgramVersion).Assembly
                .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
            int commit = version.IndexOf('+', StringComparison.Ordinal);
            return commit < 0 ? version : version[..Math.Min(version.Length, commit + 9)];
        }
    }
}
