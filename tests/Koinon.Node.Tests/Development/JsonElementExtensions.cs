using System.Text.Json;

namespace Koinon.Node.Tests.Development;

/// <summary>Parts of errors.</summary>
internal static class JsonElementExtensions
{
    /// <summary>The message of an error.</summary>
    public static string Message(this JsonElement error) => error.GetProperty("message").GetString()!;
}
