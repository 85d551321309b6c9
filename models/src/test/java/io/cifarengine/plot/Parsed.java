// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.plot;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A picture read back as XML. */
final class Parsed {
  private final Document document;

  private Parsed(Document document) {
    this.document = document;
  }

  static Parsed of(String svg) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    var bytes = new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8));
    return new Parsed(factory.newDocumentBuilder().parse(bytes));
  }

  Element root() {
    return document.getDocumentElement();
  }

  List<Element> all(String tag) {
    NodeList nodes = document.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  /** Elements among whose classes {@code style} is. */
  List<Element> styled(String tag, String style) {
    List<Element> elements = all(tag);
    elements.removeIf(e -> !List.of(e.getAttribute("class").split(" ", -1)).contains(style));
    return elements;
  }

  List<String> texts() {
    return all("text").stream().map(Element::getTextContent).toList();
  }
}
