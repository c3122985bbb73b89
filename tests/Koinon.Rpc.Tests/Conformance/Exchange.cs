using System.Text.Json;

namespace Koinon.Rpc.Tests.Conformance;

/// <summary>A request of the conformance material and the response it expects.</summary>
/// <param name="Method">The method, which is the name of the folder.</param>
/// <param name="Name">The name of the file.</param>
/// <param name="IsShapeOnly">Whether the response is compared with the specification's shape alone.</param>
/// <param name="Request">The request's JSON.</param>
/// <param name="Response">The expected response's JSON.</param>
internal sealed record Exchange(string Method, string Name, bool IsShapeOnly, string Request, string Response)
{
    /// <summary>The method that the request calls; not always that of the folder.</summary>
    public string CalledMethod
    {
        get
        {
            using JsonDocument request = JsonDocument.Parse(Request);
            return request.RootElement.GetProperty("method").GetString()!;
        }
    }

    /// <summary>Every exchange, in the order of methods and files.</summary>
    public static IEnumerable<Exchange> ReadAll(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*.io", SearchOption.AllDirectories).Order())
        {
            string method = Path.GetFileName(Path.GetDirectoryName(path)!);
            string[] lines = File.ReadAllLines(path);
            bool isShapeOnly = lines.Any(static line => line.StartsWith("// speconly", StringComparison.Ordinal));
            string? request = null;
            foreach (string line in lines)
            {
                if (line.StartsWith(">> ", StringComparison.Ordinal))
                {
                    request = line[3..];
                }
                else if (line.StartsWith("<< ", StringComparison.Ordinal) && request is not null)
                {
                    string name = Path.GetFileNameWithoutExtension(path);
                    yield return new Exchange(method, name, isShapeOnly, request, line[3..]);
                    request = null;
                }
            }
        }
    }
}
