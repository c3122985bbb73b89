using System.Net;
using Microsoft.AspNetCore.Http;

namespace Koinon.Rpc.Http;

/// <summary>
/// Which pages and names a server answers to. Without it any page in a browser on this machine could use the accounts
/// of a development chain, and a page whose name is made to point here (DNS rebinding) could do so as if it were ours.
/// </summary>
/// <param name="origins">
/// Origins that are served besides those of this machine and browsers' extensions; <c>*</c> stands for all.
/// </param>
/// <param name="hosts">
/// Names that a request may be addressed to, besides addresses and <c>localhost</c>; <c>*</c> stands for all.
/// </param>
/// <param name="isAnnounced">Whether browsers are told that they may read the answers (CORS).</param>
public sealed class OriginPolicy(IReadOnlyList<string> origins, IReadOnlyList<string> hosts, bool isAnnounced)
{
    private readonly bool _anyOrigin = origins.Contains("*");
    private readonly bool _anyHost = hosts.Contains("*");

    /// <summary>Looks at a request, and tells a browser whether it may read the answer.</summary>
    /// <returns>Why the request is refused, or <see langword="null"/>.</returns>
    public string? Refuse(HttpContext context)
    {
        HostString host = context.Request.Host;
        if (!IsServed(host.Host))
        {
            return $"host {Shorten(host.Host)} is not served; --http-hosts {Shorten(host.Host)} would serve it";
        }

        string? origin = context.Request.Headers.Origin;
        if (string.IsNullOrEmpty(origin))
        {
            return null;
        }

        if (!_anyOrigin && !IsAllowed(origin, host))
        {
            return $"origin {Shorten(origin)} is not served; --allow-origin {Shorten(origin)} would serve it";
        }

        if (isAnnounced)
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.AccessControlAllowOrigin = _anyOrigin ? "*" : origin;
            if (!_anyOrigin)
            {
                headers.Vary = "Origin";
            }
        }

        return null;
    }

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..77] + "...";

    private bool IsServed(string host) =>
        _anyHost
        || host.Length == 0
        || IsLocalName(host)
        || IPAddress.TryParse(host.Trim('[', ']'), out _)
        || hosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private bool IsAllowed(string origin, HostString host)
    {
        if (origins.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!Uri.TryCreate(origin, UriKind.Absolute, out Uri? parsed))
        {
            return false;
        }

        return parsed.Scheme switch
        {
            "http" or "https" => parsed.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase)
                || IsLocalName(parsed.Host)
                || (IPAddress.TryParse(parsed.Host.Trim('[', ']'), out IPAddress? address)
                    && IPAddress.IsLoopback(address)),
            "chrome-extension" or "moz-extension" or "safari-web-extension" => true,
            _ => false,
        };
    }

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
