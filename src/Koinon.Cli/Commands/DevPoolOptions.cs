using System.CommandLine;
using Koinon.Node.Development;

namespace Koinon.Cli.Commands;

/// <summary>What <c>koinon dev</c> lets wait.</summary>
internal sealed class DevPoolOptions : IDevOptions
{
    private readonly PoolArguments _pool = new();

    /// <inheritdoc/>
    public IReadOnlyList<Option> All => _pool.All;

    /// <inheritdoc/>
    public DevelopmentOptions Apply(ParseResult arguments, DevelopmentOptions options, out string? error)
    {
        error = null;
        return options with { Pool = _pool.Read(arguments, DevelopmentOptions.PoolOf(options.Manner)) };
    }
}
